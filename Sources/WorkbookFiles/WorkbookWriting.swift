// SPDX-License-Identifier: Apache-2.0
import Markup
import Packing
import Schemas
import Studies
import Tables

/// Puts a workbook together: the table, its dictionary, and notes.
///
/// No time is written, so the same document gives the same bytes.
struct WorkbookWriting {
  static let namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  static let notesHeader = "about this file"
  private static let relations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006"

  private let document: StudyDocument
  private(set) var diagnostics: [Diagnostic] = []

  init(_ document: StudyDocument, file: String) throws(DataError) {
    self.document = document
    guard document.table.rowCount < 1_048_576, document.table.columnCount <= 16_384 else {
      throw DataError(
        "a sheet holds at most 1048575 rows below its header, and 16384 columns", file: file,
        remedy: "Write another format, such as parquet or csv.gz.")
    }
  }

  /// The bytes of the file.
  mutating func bytes() throws(DataError) -> [UInt8] {
    var styles = WorkbookStyles()
    var texts = SharedTexts()
    var zip = ZipWriting()
    let name = Self.sheetName(document.file.tableName)
    var names = [name]
    let variables = document.table.columns.map { document.variable(of: $0) }
    names.append(Self.free(DictionarySheet.name, beside: names))
    let notes = document.file.notes
    if !notes.isEmpty { names.append(Self.free(DictionarySheet.notesName, beside: names)) }

    try zip.add("[Content_Types].xml", Self.contentTypes(names.count))
    try zip.add("_rels/.rels", Self.rootRelations())
    try zip.add("docProps/core.xml", core())
    try zip.add("xl/workbook.xml", Self.workbook(names))
    try zip.add("xl/_rels/workbook.xml.rels", Self.workbookRelations(names.count))
    var sheet = SheetWriting(document.table, styles: &styles, texts: &texts)
    try zip.add("xl/worksheets/sheet1.xml") { () throws(DataError) -> [UInt8]? in
      sheet.next(texts: &texts)
    }
    try zip.add(
      "xl/worksheets/sheet2.xml",
      Self.textSheet(DictionarySheet.rows(of: variables, table: document.table), &styles, &texts))
    if !notes.isEmpty {
      try zip.add(
        "xl/worksheets/sheet3.xml",
        Self.textSheet([[Self.notesHeader]] + notes.map { [$0] }, &styles, &texts))
    }
    try zip.add("xl/sharedStrings.xml", texts.part())
    try zip.add("xl/styles.xml", styles.part())
    diagnostics = sheet.losses()
    if texts.cutCount > 0 {
      diagnostics.append(
        Diagnostic(
          .warning,
          "\(texts.cutCount) texts of more than \(CellText.lengthLimit) characters were cut"))
    }
    return zip.archive()
  }

  // MARK: Names

  /// A name that a sheet may have: up to 31 characters, none of `[]:*?/\`.
  private static func sheetName(_ name: String) -> String {
    var kept = String(name.map { "[]:*?/\\".contains($0) ? "_" : $0 })
    while kept.utf16.count > 31 { kept.removeLast() }
    while kept.hasPrefix("'") { kept.removeFirst() }
    while kept.hasSuffix("'") { kept.removeLast() }
    let isTaken = kept.lowercased() == "history" || DictionarySheet.mayBeNamed(kept)
    return kept.isEmpty || isTaken ? "data" : kept
  }

  private static func free(_ name: String, beside names: [String]) -> String {
    let taken = Set(names.map { $0.lowercased() })
    return taken.contains(name) ? "\(name)_2" : name
  }

  // MARK: Parts

  private static func textSheet(
    _ rows: [[String]], _ styles: inout WorkbookStyles, _ texts: inout SharedTexts
  ) -> [UInt8] {
    let bold = styles.number(isBold: true)
    var bytes = Array(
      """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <worksheet xmlns="\(namespace)"><sheetData>
      """.utf8)
    for (number, row) in rows.enumerated() {
      bytes += Array("<row r=\"\(number + 1)\">".utf8)
      for (column, text) in row.enumerated() where !text.isEmpty {
        bytes += Array("<c r=\"".utf8)
        bytes += SheetWriting.letters(column)
        bytes += Array("\(number + 1)\"".utf8)
        if number == 0 {
          bytes += Array(" s=\"\(bold)\" t=\"s\"><v>\(texts.place(of: text))</v></c>".utf8)
        } else {
          bytes += SheetWriting.cell(text, &styles, &texts)
        }
      }
      bytes += Array("</row>".utf8)
    }
    return bytes + Array("</sheetData></worksheet>".utf8)
  }

  private static func contentTypes(_ sheetCount: Int) -> [UInt8] {
    let office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    var xml = XMLText()
    xml.open("Types", [("xmlns", "\(package)/content-types")])
    xml.empty(
      "Default",
      [
        ("Extension", "rels"),
        ("ContentType", "application/vnd.openxmlformats-package.relationships+xml"),
      ])
    xml.empty("Default", [("Extension", "xml"), ("ContentType", "application/xml")])
    func part(_ name: String, _ type: String) {
      xml.empty("Override", [("PartName", name), ("ContentType", type)])
    }
    part("/xl/workbook.xml", "\(office).sheet.main+xml")
    for number in 1...sheetCount {
      part("/xl/worksheets/sheet\(number).xml", "\(office).worksheet+xml")
    }
    part("/xl/styles.xml", "\(office).styles+xml")
    part("/xl/sharedStrings.xml", "\(office).sharedStrings+xml")
    part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
    xml.close("Types")
    return Array(xml.text.utf8)
  }

  private static func rootRelations() -> [UInt8] {
    relationPart([
      ("\(relations)/officeDocument", "xl/workbook.xml"),
      ("\(package)/relationships/metadata/core-properties", "docProps/core.xml"),
    ])
  }

  private static func workbookRelations(_ sheetCount: Int) -> [UInt8] {
    relationPart(
      (1...sheetCount).map { ("\(relations)/worksheet", "worksheets/sheet\($0).xml") }
        + [
          ("\(relations)/styles", "styles.xml"),
          ("\(relations)/sharedStrings", "sharedStrings.xml"),
        ])
  }

  private static func relationPart(_ list: [(type: String, target: String)]) -> [UInt8] {
    var xml = XMLText()
    xml.open("Relationships", [("xmlns", "\(package)/relationships")])
    for (place, relation) in list.enumerated() {
      xml.empty(
        "Relationship",
        [("Id", "rId\(place + 1)"), ("Type", relation.type), ("Target", relation.target)])
    }
    xml.close("Relationships")
    return Array(xml.text.utf8)
  }

  private static func workbook(_ names: [String]) -> [UInt8] {
    var xml = XMLText()
    xml.open("workbook", [("xmlns", namespace), ("xmlns:r", relations)])
    xml.open("sheets")
    for (place, name) in names.enumerated() {
      xml.empty(
        "sheet", [("name", name), ("sheetId", "\(place + 1)"), ("r:id", "rId\(place + 1)")])
    }
    xml.close("sheets")
    xml.close("workbook")
    return Array(xml.text.utf8)
  }

  private func core() -> [UInt8] {
    var xml = XMLText()
    xml.open(
      "cp:coreProperties",
      [
        ("xmlns:cp", "\(Self.package)/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
      ])
    if !document.file.label.isEmpty { xml.element("dc:title", document.file.label) }
    if !document.file.notes.isEmpty {
      xml.element("dc:description", document.file.notes.joined(separator: "\n"))
    }
    xml.close("cp:coreProperties")
    return Array(xml.text.utf8)
  }
}
