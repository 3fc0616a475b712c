// SPDX-License-Identifier: Apache-2.0
import Learners
import Synthesis

/// Turns the bin of a category into one of its levels.
struct LevelDraw: Sendable {
  private let cumulative: [Double]
  private let groupStarts: [Int]
  private let groupTrees: [ConditionalTree]
  private let groupWalks: [LeafWalk]

  /// Creates the draw of a variable.
  ///
  /// - Parameter groupTrees: Where levels are grouped, the distribution within each group.
  init(_ layout: LevelLayout, groupTrees: [ConditionalTree]) {
    self.groupTrees = groupTrees
    groupWalks = groupTrees.map { LeafWalk($0) }
    var total = 0.0
    cumulative = layout.weights.map {
      total += $0
      return total
    }
    groupStarts = layout.groupStarts
  }

  /// The level that a bin of present values stands for; rare ones give way to a common one.
  ///
  /// - Parameters:
  ///   - columns: The bins of the variable's predictors.
  ///   - offset: The row's place in them.
  func level(
    bin: Int, uniform: Double, columns: [UnsafePointer<UInt8>], offset: Int
  ) -> Int {
    if groupStarts.isEmpty {
      return bin < cumulative.count
        ? bin : CumulativeChoice.index(in: cumulative, uniform: uniform)
    }
    guard bin < groupStarts.count, bin < groupTrees.count else {
      return CumulativeChoice.index(in: cumulative, uniform: uniform)
    }
    let leaf = groupWalks[bin].leaf(of: columns, row: offset)
    let tree = groupTrees[bin]
    return LeafDraw.with(tree, tree.cumulativeWeights) { draw in
      groupStarts[bin] + draw.bin(leaf: leaf, uniform: uniform)
    }
  }

  /// Writes the chances of the levels of a group for one row, summing to 1.
  func chances(
    ofGroup group: Int, columns: [UnsafePointer<UInt8>], offset: Int, into result: inout [Double]
  ) {
    guard group < groupTrees.count else { return }
    let leaf = groupWalks[group].leaf(of: columns, row: offset)
    let tree = groupTrees[group]
    LeafDraw.with(tree, tree.cumulativeWeights) { draw in
      result.withUnsafeMutableBufferPointer { result in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 256) { room in
          guard let base = room.baseAddress else { return }
          base.initialize(repeating: 0, count: 256)
          _ = draw.chances(leaf: leaf, into: base)
          for place in result.indices where place < 256 { result[place] = base[place] }
        }
      }
    }
  }

  /// The bin of present values that stands for a level.
  func bin(ofLevel level: Int) -> Int {
    guard !groupStarts.isEmpty else { return level }
    return groupStarts.count > 1 ? level / groupStarts[1] : 0
  }
}
