// SPDX-License-Identifier: Apache-2.0
import Randomness

/// The rows that a network learns from, and those by which it is judged.
struct TrainingRows: Sendable {
  /// The rows that are learned from, ascending.
  let learned: [Int]
  /// The rows that are kept apart, ascending.
  let kept: [Int]

  /// Deals rows out at random.
  ///
  /// - Parameters:
  ///   - share: The share that is kept apart; half of all rows and `most` are the most.
  ///   - key: Names the network.
  init(count: Int, keptShare share: Double, most: Int, key: RandomKey) {
    var draws = key.stream("kept").stream(entity: 0)
    let order = Draws.permutation(of: count, using: &draws)
    let keptCount = min(count / 2, max(count > 1 ? 1 : 0, Int(share * Double(count))), most)
    kept = order.prefix(keptCount).sorted()
    learned = order.dropFirst(keptCount).sorted()
  }

  /// The count of each of a column's bins among the rows that are learned from.
  func margin(of codes: [UInt8], binCount: Int) -> [Double] {
    var margin = [Double](repeating: 0, count: binCount)
    for row in learned { margin[Int(codes[row])] += 1 }
    return margin
  }

  /// The parameters of columns before training.
  func parameters(
    _ columns: [NeuralColumn], codes: [[UInt8]], contextWidth: Int, innerWidth: Int, key: RandomKey
  ) -> [ColumnParameters] {
    columns.enumerated().map { place, column in
      var draws = key.stream("weights").stream(entity: UInt64(place))
      return ColumnParameters(
        column, margin: margin(of: codes[place], binCount: column.binCount),
        contextWidth: contextWidth, innerWidth: innerWidth, columnCount: columns.count,
        using: &draws)
    }
  }
}
