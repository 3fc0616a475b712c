// SPDX-License-Identifier: Apache-2.0
import Formats
import Studies
import Tables

/// A columnar file that is written block by block.
struct ColumnarSink<Writing: ColumnarWriting>: TableSink {
  private let file: FileSink
  private var writing: Writing
  let blockRows: Int?

  /// Begins a file.
  init(_ head: StudyDocument, to path: String) throws(DataError) {
    file = try FileSink(path: path)
    writing = try Writing(head, to: file)
    blockRows = Writing.blockRows(columnCount: head.table.columnCount)
  }

  mutating func append(_ table: Table) throws(DataError) { try writing.append(table) }

  mutating func finish() throws(DataError) -> [Diagnostic] {
    try writing.finish()
    try file.finish()
    return writing.diagnostics
  }
}
