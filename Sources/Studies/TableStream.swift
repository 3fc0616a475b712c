// SPDX-License-Identifier: Apache-2.0
package import Formats
package import Tables

/// A table in a file that is read block by block.
package protocol TableStream {
  /// The table without rows, with its meaning and what its file says of itself.
  var head: StudyDocument { get }
  /// The number of rows.
  var rowCount: Int { get }
  /// How many bytes the file has as text.
  var textSize: Int { get }

  /// Gives the rows, a block at a time; each block is a table of the head's columns.
  ///
  /// - Throws: `DataError` if the file cannot be read, or what the body throws.
  func forEachBlock(_ body: (Table) throws(DataError) -> Void) throws(DataError)
}

/// Reads files of one format block by block, so that their size does not matter.
package protocol TableStreaming: TableReading {
  /// Finds out what a file is, by walks through all of it.
  ///
  /// - Throws: `DataError` if the file cannot be read or is no table.
  func stream(
    _ location: TableLocation, options: ReadingOptions, sizes: StreamSizes,
    progress: ProgressHandler
  ) throws(DataError) -> any TableStream
}

/// Takes a table block by block and writes it.
package protocol TableSink {
  /// How many rows each block but the last is to have; `nil` for any number.
  var blockRows: Int? { get }

  /// Takes the next rows.
  ///
  /// - Throws: `DataError` if the file cannot be written.
  mutating func append(_ table: Table) throws(DataError)

  /// Ends the file.
  ///
  /// - Returns: What the format could not hold.
  /// - Throws: `DataError` if the file is not whole.
  mutating func finish() throws(DataError) -> [Diagnostic]
}

/// Writes files of one format block by block, byte for byte as it writes them at once.
package protocol TableSinking: TableWriting {
  /// Begins a file, which is made or emptied first.
  ///
  /// - Parameters:
  ///   - head: The document without rows.
  ///   - rowCount: How many rows will come.
  /// - Throws: `DataError` if the file cannot be made.
  func sink(
    _ head: StudyDocument, rowCount: Int, to path: String, threads: Int
  ) throws(DataError) -> any TableSink
}
