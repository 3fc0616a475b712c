// SPDX-License-Identifier: Apache-2.0
package import Studies
package import Tables

extension SQLiteFile: TableSinking {
  /// A database that is written block by block.
  private struct Sink: TableSink {
    let writing: SQLiteTableWriting
    let blockRows: Int? = nil

    mutating func append(_ table: Table) throws(DataError) { try writing.append(table) }

    mutating func finish() throws(DataError) -> [Diagnostic] { try writing.finish() }
  }

  /// Begins a database of one table.
  package func sink(
    _ head: StudyDocument, rowCount: Int, to path: String, threads: Int
  ) throws(DataError) -> any TableSink {
    let connection = try SQLiteConnection(path, isWritten: true)
    let writing = SQLiteTableWriting(connection: connection, document: head)
    try writing.begin()
    return Sink(writing: writing)
  }
}
