// SPDX-License-Identifier: Apache-2.0
import Tables

/// Checks that no two rows of a table have the same key, and that no key is missing.
struct KeyCheck {
  let names: [String]

  init(_ names: [String]) { self.names = names }

  func check(_ table: Table) throws(DataError) {
    let columns = names.compactMap { table.column(named: $0) }
    let values = columns.map { column in DistinctValues(column) }
    var seen: Set<[Int]> = []
    for row in 0..<table.rowCount {
      var key: [Int] = []
      for (column, distinct) in zip(columns, values) {
        guard !column.missing.isMissing(at: row) else {
          throw DataError(
            "a cell of the key of table `\(table.name)` is missing", column: column.name,
            remedy: "Take `missing:` or `optional:` away from the key.")
        }
        key.append(Int(distinct.codes[row]))
      }
      guard seen.insert(key).inserted else {
        throw DataError(
          "two rows of table `\(table.name)` have the same key (\(names.joined(separator: ", ")))",
          remedy:
            "Make the key by `sequence: 1`, or by a `pattern:` with `unique: true`, or of parents' keys alone."
        )
      }
    }
  }
}
