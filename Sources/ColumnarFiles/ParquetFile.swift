// SPDX-License-Identifier: Apache-2.0
import Formats
public import Studies
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
    try ColumnarDocument.check(
      rowCount: footer.rowCount, columnCount: footer.columns.count, options, file: location.path)
    let reading = Reading(
      bytes: bytes, file: location.path, footer: footer, textColumns: options.textColumns)
    let results = try ColumnarResult.sideBySide(
      footer.columns.count, threads: options.threads, progress: progress
    ) { index throws(DataError) in try reading.column(index) }
    return try ColumnarDocument(results, rowCount: footer.rowCount, file: location.path)
      .document(
        notes: footer.notes,
        facts: FileFacts(format: format.name, pathExtension: "parquet", encoding: "UTF-8"))
  }

  /// Writes a document.
  ///
  /// - Returns: Which kinds of missing became null.
  /// - Throws: `DataError` if the file cannot be written.
  public func write(_ document: StudyDocument, to path: String) throws(DataError) -> [Diagnostic] {
    var sink = try ColumnarSink<ParquetWriting>(document, to: path)
    try sink.append(document.table)
    return try sink.finish()
  }

  /// Reads the columns of a file.
  private struct Reading: Sendable {
    let bytes: [UInt8]
    let file: String
    let footer: ParquetFooter
    let textColumns: Set<String>

    func column(_ index: Int) throws(DataError) -> ColumnarResult {
      let column = footer.columns[index]
      guard !column.isRepeated, column.logical != .other else { return .passedOver(column.name) }
      var values = ColumnarValues(column.physical.kind, rowCount: footer.rowCount)
      let reading = ParquetChunkReading(bytes: bytes, file: file, column: column)
      for group in footer.groups {
        try reading.append(group.chunks[index], rowCount: group.rowCount, to: &values)
      }
      var typing = ColumnarTyping(column.name, column.meaning, values)
      guard let typed = typing.typed(isText: textColumns.contains(column.name)) else {
        return .passedOver(column.name)
      }
      return ColumnarResult(column: typed, diagnostics: typing.diagnostics)
    }
  }
}
