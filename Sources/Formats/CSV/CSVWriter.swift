// SPDX-License-Identifier: Apache-2.0
public import Tables

/// Writes tables as delimited text in the dialect in which another file was read.
public struct CSVWriter: Sendable {
  private static let blockSize = 1 << 20

  /// How the file is written.
  public var dialect: CSVDialect

  /// How many threads may work; they change nothing in the file.
  public var threads: Int

  /// Creates a writer.
  public init(dialect: CSVDialect = CSVDialect(), threads: Int = 1) {
    self.dialect = dialect
    self.threads = threads
  }

  /// Returns a table as the bytes of a file.
  ///
  /// - Throws: `DataError` if a text has characters that the encoding lacks.
  public func bytes(of table: Table) throws(DataError) -> [UInt8] {
    var bytes: [UInt8] = []
    try write(table) { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Writes a table to a file, which is made or emptied first.
  ///
  /// - Throws: `DataError` if the file cannot be written, or a text has characters that the
  ///   encoding lacks; what was written so far is then left to the caller to remove.
  public func write(_ table: Table, to path: String) throws(DataError) {
    let sink = try FileSink(path: path)
    try write(table) { (block: [UInt8]) throws(DataError) in try sink.write(block) }
    try sink.finish()
  }

  /// Gives the file's bytes block by block.
  private func write(
    _ table: Table, _ emit: ([UInt8]) throws(DataError) -> Void
  ) throws(DataError) {
    var encoder = TextEncoding(dialect.encoding)
    var block: [UInt8] = dialect.hasByteOrderMark ? encoder.byteOrderMark : []
    var text: [UInt8] = []
    let delimiter =
      Array(dialect.delimiter.utf8) + (dialect.hasSpaceAfterDelimiter ? [0x20] : [])
    let ending = Array(dialect.lineEnding.rawValue.utf8)
    let quote = dialect.quote.utf8.first ?? 0x22
    if dialect.hasHeader {
      let names = dialect.headerNames.isEmpty ? table.columnNames : dialect.headerNames
      for (place, name) in names.enumerated() {
        if place > 0 { text += delimiter }
        QuotedText(dialect, isAlways: dialect.quotesHeader)
          .append(Array(name.utf8), to: &text)
      }
      if table.rowCount > 0 || dialect.endsWithLineEnding { text += ending }
    }
    try encoder.append(text, to: &block)
    let records = RecordWriter(
      table, dialect: dialect, delimiter: delimiter, ending: ending, quote: quote)
    // As many blocks at a time as keep all threads busy, and no more in memory.
    for first in stride(from: 0, to: records.blockCount, by: 16) {
      let blocks = first..<min(first + 16, records.blockCount)
      for text in records.texts(of: blocks, threads: threads) {
        if block.count >= Self.blockSize || encoder.isUTF8 && !block.isEmpty {
          try emit(block)
          block.removeAll(keepingCapacity: true)
        }
        // Text that is written as it is need not be copied.
        if encoder.isUTF8 { try emit(text) } else { try encoder.append(text, to: &block) }
      }
    }
    if !block.isEmpty { try emit(block) }
  }
}
