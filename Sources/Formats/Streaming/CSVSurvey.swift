// SPDX-License-Identifier: Apache-2.0
package import Tables

/// What a walk through a delimited file found out about it.
package struct CSVSurvey: Sendable {
  /// The number of rows.
  package let rowCount: Int
  /// How many bytes the text has as UTF-8.
  package let textSize: Int
  /// How the file is written.
  package let dialect: CSVDialect
  /// What was noticed.
  package let diagnostics: [Diagnostic]
  /// Rows taken evenly from the file, as many as the sample may hold; all of a short file.
  package let sample: Table

  let coding: TextSource.Coding
  let layout: StreamLayout
  let columns: [String]
  let decisions: [ColumnSurvey.Decision]
  /// The columns of each thread.
  let shares: [[Int]]

  /// A table of the file's columns without rows.
  package var empty: Table {
    Table(columns: sample.columns.map { $0.selecting(rows: []) }, rowCount: 0)
  }
}

/// How the records of a file become rows.
struct StreamLayout: Sendable {
  var signs: FieldSigns
  var width: Int
  var filter: RowFilter
  var hasHeader: Bool
  var skipsSpace: Bool
  var rowCount: Int
}
