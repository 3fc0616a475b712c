// SPDX-License-Identifier: Apache-2.0

/// A fitted tree: the distribution of a target's bins given the bins of its predictors.
///
/// Leaves hold weighted counts of bins, never rows. Nodes lie in arrays, children side by side, so
/// that a row walks down without chasing pointers.
public struct ConditionalTree: Hashable, Sendable {
  /// The predictor asked at each node, or −1 at a leaf.
  public internal(set) var predictors: [Int32]
  /// At a node, the last position that goes left; unused at a leaf.
  public internal(set) var thresholds: [UInt8]
  /// At a node, its left child (the right one follows it); at a leaf, the leaf's number.
  public internal(set) var links: [Int32]
  /// For each predictor, the position of each of its bins in the order used here; empty for bins
  /// that are in order as they are.
  public internal(set) var positions: [[UInt8]]
  /// Where each leaf's bins start in `bins`; one more entry than leaves.
  public internal(set) var leafStarts: [Int32]
  /// The bins that occur in each leaf, ascending within a leaf.
  public internal(set) var bins: [UInt8]
  /// The cumulative weight of `bins` within their leaf.
  public internal(set) var cumulativeWeights: [Double]

  /// Creates a tree from its arrays, as a generator file holds them.
  ///
  /// - Returns: `nil` unless the arrays fit together, so that walking the tree is safe.
  public init?(
    predictors: [Int32], thresholds: [UInt8], links: [Int32], positions: [[UInt8]],
    leafStarts: [Int32], bins: [UInt8], cumulativeWeights: [Double]
  ) {
    self.predictors = predictors
    self.thresholds = thresholds
    self.links = links
    self.positions = positions
    self.leafStarts = leafStarts
    self.bins = bins
    self.cumulativeWeights = cumulativeWeights
    guard isSound else { return nil }
  }

  init(positions: [[UInt8]]) {
    predictors = []
    thresholds = []
    links = []
    self.positions = positions
    leafStarts = [0]
    bins = []
    cumulativeWeights = []
  }

  /// The number of leaves.
  public var leafCount: Int { leafStarts.count - 1 }

  /// The total weight of a leaf.
  public func weight(ofLeaf leaf: Int) -> Double {
    cumulativeWeights[Int(leafStarts[leaf + 1]) - 1]
  }

  private var isSound: Bool {
    let count = predictors.count
    guard count > 0, thresholds.count == count, links.count == count, leafStarts.first == 0,
      leafStarts.last.map(Int.init) == bins.count, cumulativeWeights.count == bins.count
    else { return false }
    for node in 0..<count {
      if predictors[node] >= 0 {
        // Children come after their parent, so that every walk ends.
        guard Int(predictors[node]) < positions.count, Int(links[node]) > node,
          Int(links[node]) + 1 < count
        else { return false }
      } else if links[node] < 0 || Int(links[node]) >= leafCount {
        return false
      }
    }
    for leaf in 0..<leafCount {
      let range = Int(leafStarts[leaf])..<max(Int(leafStarts[leaf]), Int(leafStarts[leaf + 1]))
      guard !range.isEmpty else { return false }
      var before = 0.0
      for index in range {
        guard cumulativeWeights[index] > before, cumulativeWeights[index].isFinite else {
          return false
        }
        before = cumulativeWeights[index]
      }
    }
    return positions.allSatisfy { $0.isEmpty || $0.count <= 256 }
  }
}
