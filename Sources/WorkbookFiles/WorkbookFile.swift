// SPDX-License-Identifier: Apache-2.0
import Dictionaries
import Formats
import Packing
import Schemas
public import Studies
public import Tables

/// Reads and writes Excel workbooks (`.xlsx`): one sheet as table, another as its dictionary.
public struct WorkbookFile: TableReading, TableWriting {
  /// The format.
  public let format = TableFormat(
    name: "xlsx", title: "Excel workbook; FILE#SHEET names one of several sheets",
    extensions: ["xlsx", "xlsm"],
    keeps: [
      .types, .dates, .labels, .valueLabels, .missingKinds, .measure, .fileLabel, .notes, .unicode,
      .tables,
    ],
    remarks: [
      "Labels and codes stand on a sheet named dictionary, which is read again.",
      "A text that looks like a formula is written as text; formulas are read as their results.",
      "At most 1 048 575 rows; dates before 1900 are written as text.",
    ])

  /// Creates a reader and writer.
  public init() {}

  /// Whether the first bytes are those of a workbook: an archive that begins with its content types.
  public func recognizes(_ head: [UInt8]) -> Bool? {
    guard ZipArchive.isArchive(head) else {
      // The old format is named in an error, rather than read as text.
      return head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) ? nil : false
    }
    let name = Array("[Content_Types].xml".utf8)
    return head.count > 49 && head[30..<49].elementsEqual(name) ? true : nil
  }

  /// The names of the sheets with cells, dictionaries and notes left out.
  public func tableNames(in location: TableLocation) throws(DataError) -> [String] {
    let parts = try WorkbookParts(try FileBytes.read(location.path), file: location.path)
    return try contents(of: parts, file: location.path).tables.map(\.name)
  }

  /// Reads a sheet: the one that is named, or the only one with a table.
  ///
  /// - Throws: `DataError` if there is no such sheet, several and none is named, or the file is
  ///   damaged, grows beyond measure, or declares entities.
  public func read(
    _ location: TableLocation, options: ReadingOptions = ReadingOptions(),
    progress: ProgressHandler = .silent
  ) throws(DataError) -> StudyDocument {
    let parts = try WorkbookParts(try FileBytes.read(location.path), file: location.path)
    let contents = try contents(of: parts, file: location.path)
    let sheet = try sheet(location, parts: parts, tables: contents.tables)
    let grid = try parts.grid(
      of: sheet, texts: try parts.texts(), codes: try parts.codes(),
      cellLimit: options.maximumCellCount)
    let found = try SheetTable(
      grid, file: location.path, dates: SerialDate(countsFrom1904: parts.countsFrom1904))
    // A dictionary may be that of another sheet.
    let isOwn = contents.codebook?.entries.contains { found.names.contains($0.name) } == true
    let codebook = isOwn ? contents.codebook : nil
    let table = found.table(codebook: codebook, textColumns: options.textColumns)
    var schema = SchemaInference().infer(table)
    var diagnostics = found.diagnostics
    if let codebook {
      let (described, more) = try codebook.applied(to: schema)
      schema = described
      diagnostics += more
    }
    var facts = FileFacts(
      format: format.name,
      pathExtension: location.extensions.first { format.extensions.contains($0) } ?? "xlsx",
      label: try parts.title(), notes: contents.notes, tableName: sheet.name)
    facts.encoding = "UTF-8"
    return StudyDocument(
      table: schema.markingMissing(in: table), schema: schema, file: facts,
      diagnostics: diagnostics)
  }

  /// Writes a document: its table, its dictionary, and notes if it has any.
  ///
  /// - Returns: What a workbook cannot hold.
  /// - Throws: `DataError` if the table is larger than a sheet, or the file cannot be written.
  public func write(_ document: StudyDocument, to path: String) throws(DataError) -> [Diagnostic] {
    var writing = try WorkbookWriting(document, file: path)
    try FileBytes.write(try writing.bytes(), to: path)
    return writing.diagnostics
  }

  // MARK: Sheets

  private struct Contents {
    var tables: [WorkbookParts.Sheet] = []
    var codebook: Codebook?
    var notes: [String] = []
  }

  /// Tells tables from dictionaries, notes and empty sheets.
  private func contents(of parts: WorkbookParts, file: String) throws(DataError) -> Contents {
    var contents = Contents()
    guard parts.sheets.count > 1 else {
      contents.tables = parts.sheets
      return contents
    }
    var texts: [String]?
    for sheet in parts.sheets {
      let isNotes = sheet.name == DictionarySheet.notesName
      if isNotes || DictionarySheet.mayBeNamed(sheet.name) {
        let known: [String]
        if let texts { known = texts } else { known = try parts.texts() }
        texts = known
        let grid = try parts.grid(of: sheet, texts: known, codes: [], cellLimit: 1 << 22)
        if isNotes, !grid.columns.isEmpty, grid.text(0, 0) == WorkbookWriting.notesHeader {
          contents.notes = (1..<max(1, grid.rowCount)).map { grid.text($0, 0) }
          continue
        }
        if !isNotes, let codebook = DictionarySheet.codebook(grid, file: file) {
          contents.codebook = contents.codebook ?? codebook
          continue
        }
      }
      if try parts.hasRows(sheet) { contents.tables.append(sheet) }
    }
    return contents
  }

  private func sheet(
    _ location: TableLocation, parts: WorkbookParts, tables: [WorkbookParts.Sheet]
  ) throws(DataError) -> WorkbookParts.Sheet {
    if let name = location.table {
      if let sheet = parts.sheets.first(where: { $0.name == name }) { return sheet }
      throw DataError(
        "the workbook has no sheet \"\(name)\"", file: location.path,
        remedy: "Use one of: " + parts.sheets.prefix(40).map(\.name).joined(separator: ", ") + ".")
    }
    if tables.count == 1 { return tables[0] }
    throw DataError(
      tables.isEmpty
        ? "the workbook has no sheet with a table"
        : "the workbook has \(tables.count) sheets with tables", file: location.path,
      remedy: tables.isEmpty
        ? "Give a workbook with a table."
        : "Name one after #, as in \(location.path)#\(tables[0].name). There is: "
          + tables.prefix(40).map(\.name).joined(separator: ", ") + ".")
  }
}
