// SPDX-License-Identifier: Apache-2.0
import Learners

/// The leaves of a tree laid out for drawing: raw pointers into its arrays, valid while the tree is borrowed.
struct LeafDraw {
  let leafStarts: UnsafePointer<Int32>
  let bins: UnsafePointer<UInt8>
  let cumulativeWeights: UnsafePointer<Double>

  /// The bin that a uniform number in 0..<1 picks from a leaf.
  @inline(__always)
  func bin(leaf: Int, uniform: Double) -> Int {
    pick(Int(leafStarts[leaf]), Int(leafStarts[leaf + 1]) - 1, below: 0, uniform)
  }

  /// The bin that a uniform number picks among those of a leaf within bounds; `nil` if it has none.
  func bin(leaf: Int, uniform: Double, from first: Int, through last: Int) -> Int? {
    let start = Int(leafStarts[leaf])
    var low = start
    var high = Int(leafStarts[leaf + 1]) - 1
    while low <= high, Int(bins[low]) < first { low += 1 }
    while high >= low, Int(bins[high]) > last { high -= 1 }
    guard low <= high else { return nil }
    return pick(low, high, below: low > start ? cumulativeWeights[low - 1] : 0, uniform)
  }

  /// Writes the chance of each bin of a leaf, and returns the leaf's weight.
  func chances(leaf: Int, into result: UnsafeMutablePointer<Double>) -> Double {
    let last = Int(leafStarts[leaf + 1]) - 1
    let total = cumulativeWeights[last]
    guard total > 0 else { return total }
    var before = 0.0
    for place in Int(leafStarts[leaf])...last {
      result[Int(bins[place])] += (cumulativeWeights[place] - before) / total
      before = cumulativeWeights[place]
    }
    return total
  }

  @inline(__always)
  private func pick(_ first: Int, _ last: Int, below: Double, _ uniform: Double) -> Int {
    let aim = below + uniform * (cumulativeWeights[last] - below)
    var low = first
    var high = last
    while low < high {
      let middle = (low + high) >> 1
      if cumulativeWeights[middle] <= aim { low = middle + 1 } else { high = middle }
    }
    return Int(bins[low])
  }

  /// Calls a body with the leaves of a tree laid out for drawing.
  ///
  /// - Parameter cumulativeWeights: The weights to draw by, one for each entry of the tree's bins.
  static func with<Result>(
    _ tree: ConditionalTree, _ cumulativeWeights: [Double], _ body: (LeafDraw) -> Result
  ) -> Result {
    tree.leafStarts.withUnsafeBufferPointer { leafStarts in
      tree.bins.withUnsafeBufferPointer { bins in
        cumulativeWeights.withUnsafeBufferPointer { cumulativeWeights in
          guard let leafStarts = leafStarts.baseAddress, let bins = bins.baseAddress,
            let cumulativeWeights = cumulativeWeights.baseAddress
          else { preconditionFailure("a tree has at least one leaf") }
          return body(
            LeafDraw(leafStarts: leafStarts, bins: bins, cumulativeWeights: cumulativeWeights))
        }
      }
    }
  }
}
