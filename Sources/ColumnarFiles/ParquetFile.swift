// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Formats
import Schemas
public import Studies
import Synchronization
public import Tables

/// Reads and writes Parquet files.
///
/// ## Source
/// Apache Parquet format 2.11.
public struct ParquetFile: TableReading, TableWriting {
  /// The format.
  public let format = TableFormat(
    name: "parquet", title: "Apache Parquet", extensions: ["parquet", "pq"],
    keeps: [
      .types, .dates, .labels, .valueLabels, .measure, .display, .fileLabel, .notes, .unicode,
    ],
    remarks: [
      "Labels and codes stand in the file's key-value metadata (semblance:schema).",
      "Missing is null; numeric codes of missing stay numbers, other codes become null.",
      "Lists and maps are passed over; packed by Zstandard, Snappy, gzip or LZ4.",
    ])

  /// Creates a reader and writer.
  public init() {}

  /// Whether the first bytes are those of the format.
  public func recognizes(_ head: [UInt8]) -> Bool? { head.starts(with: "PAR1".utf8) }

  /// Reads a file.
  ///
  /// - Throws: `DataError` if it is damaged, or uses what is not read here.
  public func read(
    _ location: TableLocation, options: ReadingOptions = ReadingOptions(),
    progress: ProgressHandler = .silent
  ) throws(DataError) -> StudyDocument {
    let bytes = try FileBytes.read(location.path)
    let footer = try ParquetFooter(bytes, file: location.path)
    let (cells, overflows) = footer.rowCount.multipliedReportingOverflow(by: footer.columns.count)
    guard !overflows, cells <= options.maximumCellCount else {
      throw DataError(
        "the file holds more than \(options.maximumCellCount) cells", file: location.path,
        remedy: "Give a sample of its rows.")
    }
    let reading = Reading(
      bytes: bytes, file: location.path, footer: footer, textColumns: options.textColumns,
      progress: progress)
    let results = try reading.run(threads: options.threads)
    var names: [String] = []
    var columns: [Column] = []
    var diagnostics: [Diagnostic] = []
    for result in results {
      diagnostics += result.diagnostics
      if let column = result.column {
        columns.append(column)
        names.append(column.name)
      }
    }
    guard !columns.isEmpty else {
      throw DataError(
        "the file has no column that fits into a table", file: location.path,
        remedy: "Give a file whose columns hold single values.")
    }
    let distinct = DistinctNames(names)
    if distinct.changedCount > 0 {
      for index in columns.indices { columns[index].name = distinct.names[index] }
    }
    let table = Table(columns: columns, rowCount: footer.rowCount)
    var facts = FileFacts(format: format.name, pathExtension: "parquet", encoding: "UTF-8")
    let stated = KeyValueNotes.read(footer.notes, into: &facts)
    var schema = SchemaInference().infer(table)
    if let stated, stated.variables.map(\.name) == table.columnNames {
      for index in schema.variables.indices {
        let form = schema.variables[index].form
        schema.variables[index] = stated.variables[index]
        schema.variables[index].reasons = ["the file says so"]
        schema.variables[index].form = form
      }
    }
    return StudyDocument(
      table: schema.markingMissing(in: table), schema: schema, file: facts,
      diagnostics: diagnostics)
  }

  /// Writes a document.
  ///
  /// - Returns: Which kinds of missing became null.
  /// - Throws: `DataError` if the file cannot be written.
  public func write(_ document: StudyDocument, to path: String) throws(DataError) -> [Diagnostic] {
    let sink = try FileSink(path: path)
    var writing = try ParquetWriting(document, to: sink)
    try writing.append(document.table)
    try writing.finish()
    try sink.finish()
    return writing.diagnostics
  }

  // MARK: Columns side by side

  private struct Reading: Sendable {
    struct Result: Sendable {
      var column: Column?
      var diagnostics: [Diagnostic] = []
    }

    let bytes: [UInt8]
    let file: String
    let footer: ParquetFooter
    let textColumns: Set<String>
    let progress: ProgressHandler

    func run(threads: Int) throws(DataError) -> [Result] {
      let count = footer.columns.count
      let slots = Mutex<[Swift.Result<Result, DataError>?]>(Array(repeating: nil, count: count))
      let next = Atomic<Int>(0)
      let done = Atomic<Int>(0)
      DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
        while true {
          let index = next.add(1, ordering: .relaxed).oldValue
          guard index < count else { return }
          let result = read(index)
          slots.withLock { $0[index] = result }
          progress.report(
            "reading columns", done.add(1, ordering: .relaxed).newValue, of: count)
        }
      }
      var results: [Result] = []
      for slot in slots.withLock({ $0 }) {
        if let slot { results.append(try slot.get()) }
      }
      return results
    }

    private func read(_ index: Int) -> Swift.Result<Result, DataError> {
      do throws(DataError) {
        return .success(try column(index))
      } catch {
        return .failure(error)
      }
    }

    private func column(_ index: Int) throws(DataError) -> Result {
      let column = footer.columns[index]
      let passedOver = Diagnostic(
        .warning, "values of this type have no place in a table; the column was passed over",
        column: column.name)
      guard !column.isRepeated, column.logical != .other else {
        return Result(diagnostics: [passedOver])
      }
      var values = ParquetValues(column.physical, rowCount: footer.rowCount)
      let reading = ParquetChunkReading(bytes: bytes, file: file, column: column)
      for group in footer.groups {
        try reading.append(group.chunks[index], rowCount: group.rowCount, to: &values)
      }
      var typing = ParquetTyping(column, values)
      guard let typed = typing.typed(isText: textColumns.contains(column.name)) else {
        return Result(diagnostics: [passedOver])
      }
      return Result(column: typed, diagnostics: typing.diagnostics)
    }
  }
}
