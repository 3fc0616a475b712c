// SPDX-License-Identifier: Apache-2.0
package import Tables

/// Writes a table as delimited text, block by block, as ``CSVWriter`` writes it at once.
package struct CSVSink {
  private let dialect: CSVDialect
  private var writer: CSVWriter
  /// Whether a record was written whose line is not ended yet.
  private var isOpen = false
  private let emit: ([UInt8]) throws(DataError) -> Void

  /// Begins a file with its header.
  ///
  /// - Parameters:
  ///   - table: A table of the columns, without rows.
  ///   - emit: Takes the file's bytes.
  /// - Throws: `DataError` if the header cannot be written.
  package init(
    _ table: Table, dialect: CSVDialect, threads: Int,
    emit: @escaping ([UInt8]) throws(DataError) -> Void
  ) throws(DataError) {
    self.dialect = dialect
    self.emit = emit
    writer = CSVWriter(dialect: dialect, threads: threads)
    writer.dialect.endsWithLineEnding = false
    try emit(try writer.bytes(of: table))
    isOpen = dialect.hasHeader
    writer.dialect.hasHeader = false
    writer.dialect.hasByteOrderMark = false
  }

  /// Appends rows.
  ///
  /// - Throws: `DataError` if they cannot be written.
  package mutating func append(_ table: Table) throws(DataError) {
    guard table.rowCount > 0 else { return }
    if isOpen { try endLine() }
    try emit(try writer.bytes(of: table))
    isOpen = true
  }

  /// Ends the file.
  ///
  /// - Throws: `DataError` if it cannot be written.
  package mutating func finish() throws(DataError) {
    if isOpen, dialect.endsWithLineEnding { try endLine() }
  }

  private mutating func endLine() throws(DataError) {
    var encoder = TextEncoding(dialect.encoding)
    var bytes: [UInt8] = []
    try encoder.append(Array(dialect.lineEnding.rawValue.utf8), to: &bytes)
    try emit(bytes)
    isOpen = false
  }
}
