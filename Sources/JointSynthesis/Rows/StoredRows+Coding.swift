// SPDX-License-Identifier: Apache-2.0
import Synthesis

extension ByteWriter {
  mutating func write(_ stored: StoredRows) {
    for column in stored.columns { write(column) }
    write(counts: stored.groupOfVariable)
    write(count: stored.groups.count)
    for group in stored.groups {
      write(count: group.neighbourCount)
      write(counts: group.neighbours.map { Int($0) + 1 })
      write(weights: group.weights)
    }
    write(weights: stored.aims)
  }
}

extension ByteReader {
  /// Reads stored rows; what cannot have been written throws.
  mutating func storedRows(of variables: [JointVariable]) throws(Damage) -> StoredRows {
    var columns: [[UInt8]] = []
    for _ in variables { columns.append(try list()) }
    let groupOfVariable = try counts()
    var groups: [StoredRows.Group] = []
    for _ in 0..<(try entryCount()) {
      let count = try count()
      var neighbours: [Int32] = []
      for number in try counts() {
        guard number <= Int(Int32.max) else { throw Damage() }
        neighbours.append(Int32(number) - 1)
      }
      groups.append(
        .init(neighbours: neighbours, neighbourCount: count, weights: try weights()))
    }
    guard
      let stored = StoredRows(
        columns: columns, groupOfVariable: groupOfVariable, groups: groups, aims: try weights(),
        layouts: variables.map(\.layout))
    else { throw Damage() }
    return stored
  }
}
