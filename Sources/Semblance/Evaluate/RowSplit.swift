// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables

/// The rows of a table in two parts, drawn at random by a key.
struct RowSplit {
  /// The rows of the first part, ascending.
  let first: [Int]
  /// The other rows, ascending.
  let second: [Int]

  /// Draws `firstCount` of `rowCount` rows.
  init(rowCount: Int, firstCount: Int, key: RandomKey) {
    var stream = key.stream("rows of the first part").stream(entity: 0)
    first = Draws.sample(min(max(firstCount, 0), rowCount), of: rowCount, using: &stream)
    let chosen = Set(first)
    second = (0..<rowCount).filter { !chosen.contains($0) }
  }
}
