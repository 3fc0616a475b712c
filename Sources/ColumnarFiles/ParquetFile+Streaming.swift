// SPDX-License-Identifier: Apache-2.0
import Formats
package import Studies
package import Tables

extension ParquetFile: TableSinking {
  /// A file that is written group by group.
  private struct Sink: TableSink {
    let file: FileSink
    var writing: ParquetWriting
    let blockRows: Int?

    mutating func append(_ table: Table) throws(DataError) { try writing.append(table) }

    mutating func finish() throws(DataError) -> [Diagnostic] {
      try writing.finish()
      try file.finish()
      return writing.diagnostics
    }
  }

  /// Begins a file; each block of rows becomes a group.
  package func sink(
    _ head: StudyDocument, rowCount: Int, to path: String, threads: Int
  ) throws(DataError) -> any TableSink {
    let file = try FileSink(path: path)
    return Sink(
      file: file, writing: try ParquetWriting(head, to: file),
      blockRows: ParquetWriting.groupRows(columnCount: head.table.columnCount))
  }
}
