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
  ///   - coded: The predictors' bins; their rows are numbered as those of `isPositive`.
  ///   - isPositive: The class of each row.
  ///   - rows: The rows to learn from.
  ///   - roundCount: How many trees are grown.
  ///   - rate: What each tree's value is multiplied by.
  ///   - options: How far each tree grows.
  public init(
    _ coded: CodedRows, isPositive: [Bool], rows: [Int32], roundCount: Int = 100,
    rate: Double = 0.1, options: GradientTreeOptions = GradientTreeOptions()
  ) {
    self.rate = rate
    let positive = rows.count { isPositive[Int($0)] }
    // Half a row more on each side keeps the odds finite.
    base = ElementaryFunctions.log(
      (Double(positive) + 0.5) / (Double(rows.count - positive) + 0.5))
    trees = []
    let grower = GradientTreeGrower(coded, options: options)
    // The odds against each row: a tree multiplies them by one number a leaf, which saves a power a row.
    var against = [Double](repeating: ElementaryFunctions.exp(-base), count: isPositive.count)
    var derivatives = [SIMD2<Float>](repeating: .zero, count: isPositive.count)
    for _ in 0..<roundCount {
      for row in rows {
        let p = 1 / (1 + against[Int(row)])
        derivatives[Int(row)] = SIMD2(
          Float(p - (isPositive[Int(row)] ? 1 : 0)), Float(max(p * (1 - p), 1e-6)))
      }
      let grown = grower.tree(rows: rows, derivatives: derivatives)
      guard grown.leaves.count > 1 else { break }
      for leaf in grown.leaves {
        let factor = ElementaryFunctions.exp(-rate * leaf.value)
        for place in leaf.range { against[Int(grown.rows[place])] *= factor }
      }
      trees.append(grown.tree)
    }
  }

  /// The log-odds of the positive class for all coded rows.
  public func logOdds(_ coded: CodedRows) -> [Double] {
    var odds = [Double](repeating: base, count: coded.rowCount)
    for tree in trees { tree.add(rate, of: coded, to: &odds) }
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
