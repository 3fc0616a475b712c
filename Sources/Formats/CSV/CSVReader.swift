// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization
public import Tables

/// Reads delimited text: what is not said about the file is found out from all of it.
///
/// ```swift
/// let document = try CSVReader().read(path: "penguins.csv")
/// ```
public struct CSVReader: Sendable {
  /// What is known of the file.
  public var options: CSVReadOptions

  /// Creates a reader.
  public init(options: CSVReadOptions = CSVReadOptions()) { self.options = options }

  /// Reads a file.
  ///
  /// - Throws: `DataError` if the file cannot be read or is no table; it names file, line and
  ///   remedy and never quotes a cell.
  public func read(
    path: String, progress: ProgressHandler = .silent
  ) throws(DataError) -> CSVDocument {
    try read(bytes: try FileBytes.read(path), name: path, progress: progress)
  }

  /// Reads the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of the file, in any encoding that is known.
  ///   - name: The file's name, for messages.
  ///   - progress: What hears how far reading is.
  public func read(
    bytes: [UInt8], name: String, progress: ProgressHandler = .silent
  ) throws(DataError) -> CSVDocument {
    let decoded = try TextDecoding.decode(bytes, encoding: options.encoding, file: name)
    if decoded.bytes.isEmpty || decoded.bytes.allSatisfy({ $0 == 0x0A || $0 == 0x0D || $0 == 0x20 }) {
      throw DataError(
        "the file is empty", file: name, remedy: "Give a file with a header and rows.")
    }
    if let zero = decoded.bytes.firstIndex(of: 0) {
      let line = decoded.bytes[..<zero].count { $0 == 0x0A } + 1
      throw DataError(
        "the file holds a zero byte, so it is no text", file: name, line: line,
        remedy: "Give a text file, or remove the zero bytes.")
    }
    let result = decoded.bytes.withUnsafeBufferPointer { text in
      Result { () throws(DataError) in try parse(text, decoded, name, progress) }
    }
    return try result.get()
  }

  private func parse(
    _ text: UnsafeBufferPointer<UInt8>, _ decoded: TextDecoding.Result, _ name: String,
    _ progress: ProgressHandler
  ) throws(DataError) -> CSVDocument {
    let signs = DialectSniffer(text: text).signs(
      delimiter: options.delimiter?.utf8.first, quote: options.quote?.utf8.first)
    let index = FieldIndex(
      text, delimiter: signs.delimiter, quote: signs.quote, skipsSpace: signs.delimiter == 0x20)
    if let line = index.openQuoteLine {
      throw DataError(
        "a quoted field is never closed", file: name, line: line, position: 1,
        remedy: "Close the quote, or double quotes that belong to the text.")
    }
    let shape = try RecordShape(index, text: text, file: name)
    var diagnostics = shape.diagnostics
    var cells = FieldText(
      text: text, index: index, quote: signs.quote, width: shape.width, firstRow: shape.firstRecord)
    let hasSpace = hasSpaceAfterDelimiter(cells, text)
    if hasSpace {
      cells = FieldText(
        text: text,
        index: FieldIndex(text, delimiter: signs.delimiter, quote: signs.quote, skipsSpace: true),
        quote: signs.quote, width: shape.width, firstRow: shape.firstRecord)
    }
    let hasHeader = options.hasHeader ?? HeaderJudge.isHeader(cells)
    let header = ColumnNames(cells, hasHeader: hasHeader)
    diagnostics += header.diagnostics
    if hasHeader {
      cells = FieldText(
        text: text, index: cells.index, quote: signs.quote, width: shape.width,
        firstRow: shape.firstRecord + 1)
    }
    let marks =
      options.decimalMark.map { [$0] } ?? (signs.delimiter == 0x2C ? ["."] : [".", ","])
    let typed = types(cells, header.names, marks, progress)
    diagnostics += typed.diagnostics
    let table = Table(columns: typed.columns, rowCount: cells.rowCount)
    var dialect = CSVDialect(
      delimiter: String(UnicodeScalar(signs.delimiter)), quote: String(UnicodeScalar(signs.quote)),
      encoding: decoded.encoding, hasByteOrderMark: decoded.hasByteOrderMark,
      lineEnding: lineEnding(cells.index), hasHeader: hasHeader,
      endsWithLineEnding: cells.index.endsWithLineEnding, hasSpaceAfterDelimiter: hasSpace,
      decimalMark: marks[0], headerNames: header.original == header.names ? [] : header.original)
    dialect.quoting = QuotingJudge.quoting(cells, table: table)
    return CSVDocument(table: table, dialect: dialect, diagnostics: diagnostics)
  }

  /// Whether a space follows every delimiter of the first records, as in `39, State-gov`.
  private func hasSpaceAfterDelimiter(
    _ cells: FieldText, _ text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard cells.width > 1, cells.rowCount > 0 else { return false }
    for row in 0..<min(cells.rowCount, 1000) {
      let record = cells.firstRow + row
      for field in (Int(cells.index.records[record]) + 1)..<max(
        Int(cells.index.records[record]) + 1, Int(cells.index.records[record + 1]))
      {
        let start = Int(cells.index.starts[field])
        guard start < text.count, text[start] == 0x20, start + 1 < Int(cells.index.ends[field]) else {
          return false
        }
      }
    }
    return true
  }

  private func lineEnding(_ index: FieldIndex) -> CSVDialect.LineEnding {
    if index.pairs >= max(index.lineFeeds, index.carriageReturns), index.pairs > 0 { return .crlf }
    return index.carriageReturns > index.lineFeeds ? .cr : .lf
  }

  private func types(
    _ cells: FieldText, _ names: [String], _ marks: [String], _ progress: ProgressHandler
  ) -> (columns: [Column], diagnostics: [Diagnostic]) {
    let results = Mutex<[(Column, [Diagnostic])?]>(Array(repeating: nil, count: names.count))
    let next = Atomic<Int>(0)
    let workers = max(1, min(options.threads, names.count))
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let column = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard column < names.count else { return }
        let typer = ColumnTyper(
          cells: cells, column: column, name: names[column], decimalMarks: marks,
          isText: options.textColumns.contains(names[column]))
        let result = typer.read()
        let done = results.withLock { list in
          list[column] = result
          return list.count { $0 != nil }
        }
        progress.report("reading", done, of: names.count)
      }
    }
    let list = results.withLock { $0.compactMap { $0 } }
    return (list.map(\.0), list.flatMap(\.1))
  }
}
