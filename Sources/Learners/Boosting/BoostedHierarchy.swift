// SPDX-License-Identifier: Apache-2.0

/// The distribution of a target's bins given the bins of its predictors: a hierarchy of cuts, each
/// with boosted log-odds.
public struct BoostedHierarchy: Hashable, Sendable {
  /// The cuts.
  public let hierarchy: BinHierarchy
  /// The log-odds of going left, one entry a cut.
  public var splits: [BoostedSplit]

  /// Creates a distribution.
  ///
  /// - Returns: `nil` unless each cut has a split, and none asks a predictor beyond `predictorCount`.
  public init?(hierarchy: BinHierarchy, splits: [BoostedSplit], predictorCount: Int) {
    guard splits.count == hierarchy.nodes.count,
      splits.allSatisfy({ split in
        split.ensembles.allSatisfy { $0.asked.allSatisfy { Int($0) < predictorCount } }
      })
    else { return nil }
    self.hierarchy = hierarchy
    self.splits = splits
  }

  /// The number of trees of all cuts.
  public var treeCount: Int {
    splits.reduce(0) { $0 + $1.ensembles.reduce(0) { $0 + $1.roots.count } }
  }
}
