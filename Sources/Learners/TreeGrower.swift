// SPDX-License-Identifier: Apache-2.0

/// Grows a tree that holds the whole conditional distribution of a target.
///
/// A split is chosen by the gain in log-likelihood of the target's classes (entropy), for targets on a
/// scale as much as for categories, so that spread, modes and missingness are learned and not means
/// only. A split must pay for the parameters it adds.
///
/// ## Source
/// L. Breiman, J. Friedman, R. Olshen and C. Stone, *Classification and Regression Trees*, 1984, for
/// the greedy search; the pooling of bins within nodes and the price of a split are our own.
public struct TreeGrower: Sendable {
  /// How far the tree grows.
  public var options: TreeOptions

  /// The table of g, shared by all trees.
  private let unitWeights: UnitWeights

  /// Creates a grower.
  ///
  /// - Parameters:
  ///   - options: How far trees grow.
  ///   - rowCount: The most rows a tree will learn from, if known; trees then share a table.
  public init(options: TreeOptions, rowCount: Int = 0) {
    self.options = options
    unitWeights = UnitWeights(rowCount: rowCount)
  }

  /// Returns the tree of a target given predictors.
  ///
  /// - Parameters:
  ///   - target: The target, *n* rows.
  ///   - predictors: The predictors, *n* rows each; none gives a single leaf.
  ///   - rows: The rows to learn from; at least one.
  ///   - weights: A positive weight for each of the *n* rows, or `nil` if every row counts once.
  /// - Complexity: O(rows × predictors × depth).
  public func tree(
    of target: TreeTarget, on predictors: [TreePredictor], rows: [Int32], weights: [Double]? = nil
  ) -> ConditionalTree {
    precondition(!rows.isEmpty, "a tree needs rows")
    precondition(
      predictors.allSatisfy { $0.codes.count == target.codes.count },
      "target and predictors differ in length")
    if let weights {
      var growth = TreeGrowth(
        target: target, predictors: predictors, rows: rows, weights: RealWeights(weights: weights),
        options: options)
      return growth.run()
    }
    var growth = TreeGrowth(
      target: target, predictors: predictors, rows: rows,
      weights: rows.count <= unitWeights.rowCount
        ? unitWeights : UnitWeights(rowCount: rows.count), options: options)
    return growth.run()
  }
}
