// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics
import Schemas
import Tables

/// The compared columns of all tables, each value as a code that is equal where values are equal.
struct ComparedTables: Sendable {
  /// The columns as aligned: real, synthetic, then training, control and synthetic of each trial.
  let columns: [AlignedColumn]
  /// For each column and table the code of each row; 0 where missing.
  let codes: [[[UInt32]]]
  /// For each column the number of codes.
  let codeCounts: [Int]
  /// The number of rows of each table.
  let rowCounts: [Int]

  init(_ alignment: TableAlignment, threads: Int) {
    let columns = alignment.columns
    self.columns = columns
    rowCounts = alignment.rowCounts
    let coded = ChunkedWork(count: columns.count, threads: threads, chunkSize: 1).map { range in
      range.map { Self.coded(columns[$0]) }
    }
    codes = coded.map(\.codes)
    codeCounts = coded.map(\.count)
  }

  /// Numbers the distinct values of a scale in ascending order, from 1.
  private static func coded(_ column: AlignedColumn) -> (codes: [[UInt32]], count: Int) {
    guard column.isContinuous else {
      return (column.sides.map(\.codes), column.levels.count + 1)
    }
    var distinct = column.sides.flatMap(\.presentValues)
    distinct.sort()
    var count = 0
    for index in distinct.indices where index == 0 || distinct[index] != distinct[count - 1] {
      distinct[count] = distinct[index]
      count += 1
    }
    distinct.removeSubrange(count...)
    let codes = column.sides.map { side in
      side.values.indices.map { row -> UInt32 in
        side.codes[row] == 0 ? 0 : UInt32(rank(side.values[row], in: distinct) + 1)
      }
    }
    return (codes, count + 1)
  }

  private static func rank(_ value: Double, in distinct: [Double]) -> Int {
    var low = 0
    var high = distinct.count
    while low < high {
      let middle = (low + high) / 2
      if distinct[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// A hash of each row of a table over some columns; equal rows have equal hashes.
  func rowHashes(table: Int, columns: [Int]) -> [UInt64] {
    var hashes = [UInt64](repeating: 0x9e37_79b9_7f4a_7c15, count: rowCounts[table])
    for column in columns {
      let codes = codes[column][table]
      for row in hashes.indices { hashes[row] = Self.mix(hashes[row] ^ UInt64(codes[row])) }
    }
    return hashes
  }

  /// One round of SplitMix64; a bijection, so that no two states merge.
  private static func mix(_ state: UInt64) -> UInt64 {
    var z = state &+ 0x9e37_79b9_7f4a_7c15
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
