// SPDX-License-Identifier: Apache-2.0
import Tables

/// How many values a column has, and how many different ones.
struct ColumnProfile {
  let presentRows: [Int]
  let distinctCount: Int

  var presentCount: Int { presentRows.count }

  init(_ column: Column) {
    let rows = (0..<column.count).filter { !column.missing.isMissing(at: $0) }
    let distinct = DistinctValues(column)
    var seen = [Bool](repeating: false, count: distinct.count)
    var count = 0
    for row in rows where !seen[Int(distinct.codes[row])] {
      seen[Int(distinct.codes[row])] = true
      count += 1
    }
    presentRows = rows
    distinctCount = count
  }
}
