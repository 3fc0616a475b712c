// SPDX-License-Identifier: Apache-2.0
import Formats
import Studies
import Tables

/// Puts a file of one columnar format together, block of rows by block of rows.
protocol ColumnarWriting {
  /// Which kinds of missing became null.
  var diagnostics: [Diagnostic] { get }

  /// How many rows each block but the last has.
  static func blockRows(columnCount: Int) -> Int

  /// Begins a file; the types of its columns are those of the document's table, which may have no rows.
  init(_ document: StudyDocument, to sink: FileSink) throws(DataError)

  /// Writes rows.
  mutating func append(_ table: Table) throws(DataError)

  /// Writes what stands at the end.
  mutating func finish() throws(DataError)
}
