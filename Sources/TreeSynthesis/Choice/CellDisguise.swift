// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Learners
import Randomness

/// Whether a classifier can tell what was drawn for a variable from what is real, beside the same other cells.
///
/// Rows that nothing has learned from stand twice before the classifier: with their own bin of the variable,
/// and with one drawn from what was foretold for them. It sees all variables visited before, whether the
/// variable was learned from them or not, and so finds what a score of the forecast by itself cannot: an
/// influence that no predictor carries. 0.5 is a perfect disguise.
///
/// ## Source
/// Lopez-Paz and Oquab, "Revisiting classifier two-sample tests", ICLR (2017), applied to one conditional
/// distribution.
struct CellDisguise {
  /// How many trees the classifier has.
  static let roundCount = 40

  /// The area under the curve, mean of two halves, each asked of a classifier that learned from the other.
  let area: Double
  /// Its standard error if nothing tells both apart.
  let standardError: Double

  /// Draws a bin for each row, and asks.
  ///
  /// - Parameters:
  ///   - target: The variable.
  ///   - visited: The variables visited before it.
  ///   - rows: The rows, which nothing learned from.
  ///   - distributions: What was foretold for each of them.
  ///   - key: What the draws come from.
  init?(
    of target: TreeTarget, beside visited: [TreePredictor], rows: [Int],
    foretold distributions: [[Double]], key: RandomKey
  ) {
    let count = rows.count
    let stream = key.stream("disguise")
    let drawn = distributions.indices.map { place -> UInt8 in
      var draws = stream.stream(entity: UInt64(place))
      return Self.bin(distributions[place], Draws.uniform(using: &draws))
    }
    let predictors = visited.map { predictor in
      let own = rows.map { predictor.codes[$0] }
      return TreePredictor(
        codes: own + own, binCount: predictor.binCount, isOrdered: predictor.isOrdered)
    }
    let asked = TreePredictor(
      codes: rows.map { target.codes[$0] } + drawn, binCount: target.binCount,
      isOrdered: target.isOrdered)
    let coded = CodedRows(predictors + [asked])
    let isDrawn = (0..<2 * count).map { $0 >= count }
    // Both copies of a row are on the same side, so that none can be known by its other cells.
    let halves = (0..<2).map { half in
      (0..<Int32(2 * count)).filter { Int($0) % count % 2 == half }
    }
    let areas = (0..<2).compactMap { half -> AreaUnderCurve? in
      let model = BoostedClassifier(
        coded, isPositive: isDrawn, rows: halves[1 - half], roundCount: Self.roundCount,
        options: GradientTreeOptions(maximumLeafCount: 15, minimumLeafWeight: 5))
      let odds = model.logOdds(coded.selecting(halves[half]))
      let pairs = zip(halves[half], odds)
      return AreaUnderCurve(
        first: pairs.filter { !isDrawn[Int($0.0)] }.map(\.1),
        second: pairs.filter { isDrawn[Int($0.0)] }.map(\.1))
    }
    guard areas.count == 2 else { return nil }
    area = (areas[0].value + areas[1].value) / 2
    standardError =
      (areas[0].nullError * areas[0].nullError + areas[1].nullError * areas[1].nullError)
      .squareRoot() / 2
  }

  private static func bin(_ shares: [Double], _ uniform: Double) -> UInt8 {
    var below = 0.0
    var last = 0
    for (bin, share) in shares.enumerated() where share > 0 {
      below += share
      last = bin
      if uniform < below { return UInt8(bin) }
    }
    return UInt8(last)
  }
}
