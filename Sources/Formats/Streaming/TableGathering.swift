// SPDX-License-Identifier: Apache-2.0
package import Tables

/// Puts tables of the same columns together, row after row.
///
/// Texts are numbered anew, in order of first appearance; so the result is that of reading all rows at
/// once, wherever one table ended and the next began.
package struct TableGathering: Sendable {
  private var columns: [ColumnGathering]
  /// How many rows there are so far.
  package private(set) var rowCount = 0

  /// Starts without rows.
  ///
  /// - Parameters:
  ///   - table: A table of the columns; its rows are not taken.
  package init(like table: Table) { columns = table.columns.map(ColumnGathering.init) }

  /// Appends some rows of a table.
  ///
  /// - Precondition: The columns are of the same types, and their reasons of missing the same.
  package mutating func append(_ table: Table, rows: Range<Int>) {
    for (place, column) in table.columns.enumerated() { columns[place].append(column, rows) }
    rowCount += rows.count
  }

  /// Gives the rows so far as a table, and starts anew.
  package mutating func take() -> Table {
    let table = Table(columns: columns.map(\.column), rowCount: rowCount)
    columns = columns.map { ColumnGathering($0.column) }
    rowCount = 0
    return table
  }
}
