// SPDX-License-Identifier: Apache-2.0
import Numerics

/// Boosted trees that tell two classes apart.
///
/// ## Source
/// Friedman, "Greedy function approximation: a gradient boosting machine", Annals of Statistics 29
/// (2001), with second-order leaves as in Chen and Guestrin (2016).
public struct BoostedClassifier: Hashable, Sendable, Codable {
  /// The log-odds before the first tree.
  public var base: Double
  /// What each tree's value is multiplied by.
  public var rate: Double
  /// The trees.
  public var trees: [GradientTree]

  /// Fits trees to classes.
  ///
  /// - Parameters:
  ///   - predictors: The predictors; their rows are numbered as those of `isPositive`.
  ///   - isPositive: The class of each row.
  ///   - rows: The rows to learn from.
  ///   - roundCount: How many trees are grown.
  ///   - rate: What each tree's value is multiplied by.
  ///   - options: How far each tree grows.
  public init(
    predictors: [TreePredictor], isPositive: [Bool], rows: [Int32], roundCount: Int = 100,
    rate: Double = 0.1, options: GradientTreeOptions = GradientTreeOptions()
  ) {
    self.rate = rate
    let positive = rows.count { isPositive[Int($0)] }
    // Half a row more on each side keeps the odds finite.
    base = ElementaryFunctions.log(
      (Double(positive) + 0.5) / (Double(rows.count - positive) + 0.5))
    trees = []
    let grower = GradientTreeGrower(predictors: predictors, options: options)
    var odds = [Double](repeating: base, count: rows.count)
    var derivatives = [SIMD2<Float>](repeating: .zero, count: isPositive.count)
    for _ in 0..<roundCount {
      for (place, row) in rows.enumerated() {
        let p = Self.probability(odds[place])
        derivatives[Int(row)] = SIMD2(
          Float(p - (isPositive[Int(row)] ? 1 : 0)), Float(max(p * (1 - p), 1e-6)))
      }
      let tree = grower.tree(rows: rows, derivatives: derivatives)
      guard tree.nodes.count > 1 else { break }
      tree.add(rate, of: rows, predictors, to: &odds)
      trees.append(tree)
    }
  }

  /// The log-odds of the positive class for some rows.
  public func logOdds(_ rows: [Int32], _ predictors: [TreePredictor]) -> [Double] {
    var odds = [Double](repeating: base, count: rows.count)
    for tree in trees { tree.add(rate, of: rows, predictors, to: &odds) }
    return odds
  }

  /// The share of each predictor in the gain of all splits; 0 everywhere if there is none.
  public func importance(predictorCount: Int) -> [Double] {
    var gains = [Double](repeating: 0, count: predictorCount)
    for tree in trees {
      for (index, gain) in tree.gains(predictorCount: predictorCount).enumerated() {
        gains[index] += gain
      }
    }
    let total = gains.reduce(0, +)
    return total > 0 ? gains.map { $0 / total } : gains
  }

  /// The probability of log-odds.
  public static func probability(_ odds: Double) -> Double {
    1 / (1 + ElementaryFunctions.exp(-odds))
  }
}
