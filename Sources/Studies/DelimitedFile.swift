// SPDX-License-Identifier: Apache-2.0
import Formats
import Schemas
public import Tables

/// Reads and writes delimited text: comma, tab, semicolon or other.
public struct DelimitedFile: TableReading, TableWriting {
  /// The format.
  public let format: TableFormat
  private let isTabbed: Bool

  /// Comma-separated text and its relatives.
  public static let csv = DelimitedFile(
    format: TableFormat(
      name: "csv", title: "delimited text; its dialect is found out and kept",
      extensions: ["csv", "txt", "ssv", "dat", "data"],
      keeps: [.dates, .missingKinds, .unicode],
      remarks: [
        "Types are found out from all rows; codes of missing are kept as they are written.",
        "Packed text (.csv.gz, .csv.zst) and - for standard input and output work too.",
      ]), isTabbed: false)

  /// Tab-separated text, as archives deposit it.
  public static let tsv = DelimitedFile(
    format: TableFormat(
      name: "tsv", title: "tab-separated text", extensions: ["tsv", "tab"],
      keeps: [.dates, .missingKinds, .unicode]), isTabbed: true)

  private init(format: TableFormat, isTabbed: Bool) {
    self.format = format
    self.isTabbed = isTabbed
  }

  /// Any bytes may be text.
  public func recognizes(_ head: [UInt8]) -> Bool? { nil }

  /// Reads a file and finds out what its columns mean.
  ///
  /// - Throws: `DataError` if the file is no table.
  public func read(
    _ location: TableLocation, options: ReadingOptions, progress: ProgressHandler
  ) throws(DataError) -> StudyDocument {
    let bytes = try PackedBytes.read(location.path)
    let csv = CSVReadOptions(textColumns: options.textColumns, threads: options.threads)
    let document = try CSVReader(options: csv).read(
      bytes: bytes, name: location.path, progress: progress)
    return StudyDocument(
      table: document.table,
      schema: SchemaInference().infer(document.table, threads: options.threads),
      file: facts(location, document.dialect), diagnostics: document.diagnostics)
  }

  /// What a file says of itself.
  func facts(_ location: TableLocation, _ dialect: CSVDialect) -> FileFacts {
    let known = Set(format.extensions)
    let packing = location.extensions.first.map { PackedBytes.packings.contains($0) ? $0 : "" }
    var facts = FileFacts(
      format: format.name,
      pathExtension: location.extensions.first { known.contains($0) } ?? format.extensions[0],
      encoding: dialect.encoding.rawValue, dialect: dialect)
    facts.packing = packing ?? ""
    return facts
  }

  /// Writes a document in its own dialect, or in a plain one if it comes from another format.
  ///
  /// - Returns: What text cannot hold, in one sentence.
  /// - Throws: `DataError` if the file cannot be written.
  public func write(_ document: StudyDocument, to path: String) throws(DataError) -> [Diagnostic] {
    try write(document, to: path, threads: 1)
  }

  /// Writes a document as ``write(_:to:)`` does, on several threads; they change nothing in it.
  public func write(_ document: StudyDocument, to path: String, threads: Int) throws(DataError)
    -> [Diagnostic]
  {
    let dialect = dialect(for: document)
    let table = document.file.dialect == nil ? Self.plain(document.table) : document.table
    let writer = CSVWriter(dialect: dialect, threads: threads)
    if document.file.packing.isEmpty {
      try writer.write(table, to: path)
    } else {
      try PackedBytes.write(
        try writer.bytes(of: table), to: path, packing: document.file.packing)
    }
    return Self.losses(document)
  }

  /// The dialect in which a document is written.
  func dialect(for document: StudyDocument) -> CSVDialect {
    var dialect = document.file.dialect ?? CSVDialect()
    // A tab in a .txt stays a tab; a file of the other kind changes its delimiter.
    if document.file.format != format.name || document.file.dialect == nil {
      dialect.delimiter = isTabbed ? "\t" : (dialect.delimiter == "\t" ? "," : dialect.delimiter)
      dialect.hasSpaceAfterDelimiter = false
    }
    return dialect
  }

  /// A point for a program's own missing value is an empty cell in text.
  static func plain(_ table: Table) -> Table {
    let columns = table.columns.map { column in
      var column = column
      for index in column.missing.reasons.indices where column.missing.reasons[index].code == "." {
        column.missing.reasons[index].code = ""
      }
      return column
    }
    return Table(name: table.name, columns: columns, rowCount: table.rowCount)
  }

  static func losses(_ document: StudyDocument) -> [Diagnostic] {
    let labels = document.schema.variables.count { !$0.label.isEmpty }
    let valueLabels = document.schema.variables.count { !$0.valueLabels.isEmpty }
    guard document.file.dialect == nil, labels + valueLabels > 0 else { return [] }
    return [
      Diagnostic(
        .warning,
        "text holds no labels: those of \(labels) variables and the value labels of \(valueLabels) "
          + "are in the codebook only")
    ]
  }
}
