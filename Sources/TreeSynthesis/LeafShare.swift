// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness

/// Some leaves of a tree, with how many rows of a trial run fell into each.
struct LeafShare {
  let leaves: Range<Int>
  let occupancy: [Int]

  /// The bin of each row, drawn systematically within each leaf, in random order of its rows.
  ///
  /// - Parameters:
  ///   - rows: The rows, leaf by leaf.
  ///   - key: Each leaf's draws are an entity's of this stream.
  func drawn(
    _ rows: ArraySlice<Int32>, _ tree: ConditionalTree, _ cumulative: [Double],
    using key: StreamKey
  ) -> [(row: Int32, bin: UInt8)] {
    var drawn = rows.map { (row: $0, bin: UInt8(0)) }
    var start = 0
    for leaf in leaves where occupancy[leaf] > 0 {
      var stream = key.stream(entity: UInt64(leaf))
      let count = occupancy[leaf]
      for index in stride(from: count - 1, to: 0, by: -1) {
        drawn.swapAt(start + index, start + Draws.integer(below: index + 1, using: &stream))
      }
      let offset = Draws.uniform(using: &stream)
      var entry = Int(tree.leafStarts[leaf])
      let last = Int(tree.leafStarts[leaf + 1]) - 1
      let step = cumulative[last] / Double(count)
      for index in 0..<count {
        let aim = (Double(index) + offset) * step
        while entry < last, cumulative[entry] <= aim { entry += 1 }
        drawn[start + index].bin = tree.bins[entry]
      }
      start += count
    }
    return drawn
  }
}
