// SPDX-License-Identifier: Apache-2.0

/// How the trees of a forest grow.
public struct ForestOptions: Hashable, Sendable, Codable {
  /// The number of trees.
  public var treeCount: Int
  /// The share of the rows that each tree learns from, drawn without replacement.
  ///
  /// With replacement a leaf of twenty entries may rest on twelve rows; without it, the least number
  /// of rows is kept, and trees foretell as well.
  public var rowShare: Double
  /// How many predictors are drawn for each split; `nil` is the root of their number, rounded.
  public var predictorsPerSplit: Int?
  /// How far each tree grows.
  public var trees: TreeOptions

  /// Creates options.
  ///
  /// A forest's trees grow on until their leaves are small, since their mean forgets what each
  /// learned by chance.
  public init(
    treeCount: Int = 100, rowShare: Double = 0.632, predictorsPerSplit: Int? = nil,
    trees: TreeOptions = TreeOptions(penaltyPerFreedom: 0, penaltyPerSplit: 1e-6)
  ) {
    self.treeCount = treeCount
    self.rowShare = rowShare
    self.predictorsPerSplit = predictorsPerSplit
    self.trees = trees
  }
}
