// SPDX-License-Identifier: Apache-2.0

/// A tree with the rows that it was grown on, leaf by leaf.
public struct GrownTree: Sendable {
  /// The rows of a leaf.
  public struct Leaf: Sendable {
    /// Where they stand in ``GrownTree/rows``.
    public var range: Range<Int>
    /// The leaf's value.
    public var value: Double
  }

  /// The tree.
  public var tree: GradientTree
  /// The rows, those of a leaf side by side.
  public var rows: [Int32]
  /// The leaves.
  public var leaves: [Leaf]
}
