// SPDX-License-Identifier: Apache-2.0
import Formats
package import Studies
package import Tables

extension ArrowFile: TableSinking {
  /// A file that is written batch by batch.
  private struct Sink: TableSink {
    let file: FileSink
    var writing: ArrowWriting
    let blockRows: Int?

    mutating func append(_ table: Table) throws(DataError) { try writing.append(table) }

    mutating func finish() throws(DataError) -> [Diagnostic] {
      try writing.finish()
      try file.finish()
      return writing.diagnostics
    }
  }

  /// Begins a file; each block of rows becomes a batch.
  package func sink(
    _ head: StudyDocument, rowCount: Int, to path: String, threads: Int
  ) throws(DataError) -> any TableSink {
    let file = try FileSink(path: path)
    return Sink(
      file: file, writing: try ArrowWriting(head, to: file),
      blockRows: ArrowWriting.batchRows(columnCount: head.table.columnCount))
  }
}
