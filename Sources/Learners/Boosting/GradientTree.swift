// SPDX-License-Identifier: Apache-2.0

/// A tree of yes-or-no splits on bins, with one number in each leaf.
public struct GradientTree: Hashable, Sendable, Codable {
  /// A node: a split, or a leaf where `left` is 0.
  public struct Node: Hashable, Sendable, Codable {
    /// The predictor that is asked.
    public var predictor: Int32
    /// The node of rows whose bin is among `leftBins`; 0 marks a leaf.
    public var left: Int32
    /// The node of all other rows.
    public var right: Int32
    /// The bins that go left, one bit a bin.
    public var leftBins: SIMD4<UInt64>
    /// The value of a leaf.
    public var value: Double
    /// By how much the split lowers the loss.
    public var gain: Double

    /// Creates a leaf.
    public init(value: Double) {
      predictor = 0
      left = 0
      right = 0
      leftBins = .zero
      self.value = value
      gain = 0
    }
  }

  /// The nodes; the first is the root.
  public var nodes: [Node]

  /// Creates a tree.
  public init(nodes: [Node]) { self.nodes = nodes }

  /// The number of leaves.
  public var leafCount: Int { nodes.count { $0.left == 0 } }

  /// Adds the tree's value of each row, times `factor`, to `sums`.
  ///
  /// - Precondition: `sums` has one number a row.
  public func add(_ factor: Double, of coded: CodedRows, to sums: inout [Double]) {
    precondition(sums.count == coded.rowCount, "one sum a row")
    TreeWalk(self).add(factor, of: coded, to: &sums)
  }

  /// The gain of all splits on each predictor.
  public func gains(predictorCount: Int) -> [Double] {
    var gains = [Double](repeating: 0, count: predictorCount)
    for node in nodes where node.left != 0 { gains[Int(node.predictor)] += node.gain }
    return gains
  }
}
