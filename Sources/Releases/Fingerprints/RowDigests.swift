// SPDX-License-Identifier: Apache-2.0
import Hashing
import Tables

/// Keyed hashes of rows by what their cells mean, however a file stores them.
enum RowDigests {
  /// The SHA-256 of the key and each row's cells; threads change nothing in it.
  static func all(
    of table: Table, variables: [String], key: String, threads: Int = 1
  ) -> [[UInt8]] {
    let columns = variables.compactMap { table.column(named: $0) }.map { CellDigestText($0) }
    let keyBytes = Array(key.utf8) + [0xFF]
    return ChunkedWork(count: table.rowCount, threads: threads).map { rows in
      var bytes: [UInt8] = []
      return rows.map { row in
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: keyBytes)
        for column in columns {
          column.append(row, to: &bytes)
          bytes.append(0xFF)
        }
        return SHA256.digest(bytes)
      }
    }
  }
}
