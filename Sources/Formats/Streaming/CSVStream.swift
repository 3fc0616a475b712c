// SPDX-License-Identifier: Apache-2.0
package import Tables

/// A delimited file that is read block by block, for files that do not fit into memory.
///
/// A first walk finds dialect and shape, a second one the types of the columns, and each further one
/// gives the rows. What is found, and what the rows are, does not depend on the size of the blocks; and
/// it is what ``CSVReader`` finds, as long as the rows fit into the sample. A larger file is judged by
/// rows taken evenly from it wherever ``CSVReader`` would look at some cells only; that all cells fit
/// their column's type is always looked at.
package struct CSVStream {
  let name: String
  let options: CSVReadOptions
  let sizes: StreamSizes
  let fileSize: Int
  let progress: ProgressHandler
  private let open: () throws(DataError) -> any ByteSource

  /// Creates a stream.
  ///
  /// - Parameters:
  ///   - name: The file's name, for messages.
  ///   - fileSize: Its bytes on disk, for progress.
  ///   - open: Gives the file's bytes from the start, unpacked.
  package init(
    name: String, fileSize: Int, options: CSVReadOptions = CSVReadOptions(),
    sizes: StreamSizes = StreamSizes(),
    progress: ProgressHandler = .silent, open: @escaping () throws(DataError) -> any ByteSource
  ) {
    self.name = name
    self.fileSize = fileSize
    self.options = options
    self.sizes = sizes
    self.progress = progress
    self.open = open
  }

  /// Walks through the file and finds out what it is.
  ///
  /// - Throws: `DataError` if the file cannot be read or is no table.
  package func survey() throws(DataError) -> CSVSurvey {
    let head = try StreamHead(try open(), size: sizes.head)
    let coding = try TextDecoding.coding(
      of: head.bytes, isWhole: head.isWhole, encoding: options.encoding, file: name)
    if let survey = try survey(head, coding) { return survey }
    // Bytes further on are no UTF-8.
    try TextDecoding.refuseOtherEncodings(head.bytes, name)
    let other = TextSource.Coding(encoding: .windows1252, hasByteOrderMark: false, markSize: 0)
    guard let survey = try survey(head, other) else {
      throw DataError(
        "the file changed while it was read", file: name,
        remedy: "Wait until it is written, and try again.")
    }
    return survey
  }

  /// Gives the rows, a block at a time; each block is a table of the survey's columns.
  ///
  /// - Throws: `DataError` if the file cannot be read, or what the body throws.
  package func forEachBlock(
    of survey: CSVSurvey, _ body: (Table) throws(DataError) -> Void
  ) throws(DataError) {
    try walk(survey.layout, survey.coding, phase: "converting") { cells throws(DataError) in
      let columns = try columns(of: cells, survey)
      try body(Table(columns: columns, rowCount: cells.rowCount))
    }
  }

  /// The text of the file from its start.
  func blocks(
    _ coding: TextSource.Coding, _ signs: FieldSigns, checksUTF8: Bool = false
  ) throws(DataError) -> RecordBlocks {
    RecordBlocks(
      TextSource(try open(), coding: coding, checksUTF8: checksUTF8), signs: signs,
      threads: options.threads, sizes: sizes, name: name)
  }

  /// The line and the place in it of a byte of the text, counted from 1.
  ///
  /// - Complexity: O(bytes before it), read once more; for messages only.
  func line(of place: Int, _ coding: TextSource.Coding) throws(DataError) -> (Int, Int) {
    let source = TextSource(try open(), coding: coding, checksUTF8: false)
    var line = 1
    var start = 0
    var offset = 0
    var last: UInt8 = 0
    while offset <= place, let bytes = try source.next(sizes.block) {
      for (index, byte) in bytes.prefix(max(0, place - offset)).enumerated() {
        // A pair of carriage return and line feed ends one line.
        if byte == 0x0D || (byte == 0x0A && last != 0x0D) { line += 1 }
        if byte == 0x0D || byte == 0x0A { start = offset + index + 1 }
        last = byte
      }
      offset += bytes.count
    }
    return (line, place - start + 1)
  }
}
