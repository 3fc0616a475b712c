// SPDX-License-Identifier: Apache-2.0
import Foundation
import Packing
import Schemas
import Studies
import Tables

/// Workbooks for tests.
enum WorkbookSamples {
  static let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/libreoffice.xlsx").path

  /// Runs a body with the path of a file that is removed afterwards.
  static func withFile<Result>(
    _ bytes: [UInt8] = [], _ body: (String) throws -> Result
  ) throws -> Result {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("semblance-\(UUID().uuidString).xlsx").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return try body(path)
  }

  /// A workbook of one sheet whose XML is given.
  static func workbook(
    sheet: [UInt8], sheets: [String] = ["data"], texts: String = "", workbook: String = ""
  ) throws -> [UInt8] {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    var zip = ZipWriting()
    try zip.add("[Content_Types].xml", Array("<Types/>".utf8))
    try zip.add(
      "_rels/.rels",
      Array(
        """
        <Relationships><Relationship Id="a" Type="\(office)/officeDocument" Target="xl/workbook.xml"/>\
        </Relationships>
        """.utf8))
    let list = sheets.enumerated().map {
      "<sheet name=\"\($0.element)\" sheetId=\"\($0.offset + 1)\" r:id=\"r\($0.offset)\"/>"
    }
    try zip.add(
      "xl/workbook.xml",
      Array(
        """
        <workbook xmlns="\(main)" xmlns:r="\(office)">\(workbook)<sheets>\(list.joined())</sheets>\
        </workbook>
        """.utf8))
    let relations = sheets.indices.map {
      "<Relationship Id=\"r\($0)\" Type=\"\(office)/worksheet\" Target=\"/xl/sheet\($0).xml\"/>"
    }
    try zip.add(
      "xl/_rels/workbook.xml.rels",
      Array(
        """
        <Relationships>\(relations.joined())<Relationship Id="s" Type="\(office)/sharedStrings" \
        Target="texts.xml"/><Relationship Id="x" Type="\(office)/worksheet" TargetMode="External" \
        Target="http://127.0.0.1:1/sheet.xml"/></Relationships>
        """.utf8))
    for index in sheets.indices { try zip.add("xl/sheet\(index).xml", sheet) }
    try zip.add("xl/texts.xml", Array("<sst>\(texts)</sst>".utf8))
    return zip.archive()
  }

  static func sheet(_ rows: String) -> [UInt8] {
    Array("<worksheet><sheetData>\(rows)</sheetData></worksheet>".utf8)
  }

  /// A document with every type of column, several kinds of missing, labels and texts that look like
  /// formulas.
  static func document() -> StudyDocument {
    let texts = [
      "=cmd|' /C calc'!A0", "+1", "-2", "@SUM(A1)", "\ttab", "Ż<&>\"", "_x0041_", "a\u{1}\r\n",
    ]
    let codes = MissingCells(
      reasons: [MissingReason(code: "-9"), MissingReason(code: ""), MissingReason(code: ".a")],
      codes: [0, 1, 2, 3, 0, 0, 0, 0])
    let table = Table(columns: [
      Column(
        name: "text", values: .texts(codes: Array(0..<8), pool: TextPool(texts)), form: .text),
      Column(
        name: "code", values: .wholeNumbers([1, 0, 0, 0, 2, -3, 4, 9_007_199_254_740_991]),
        missing: codes, form: .number(NumberForm())),
      Column(
        name: "price", values: .numbers([0.1, 1.25, -3, 1e6, 0, 2.5, 7.75, 0.01]),
        form: .number(NumberForm(decimals: 2, hasFixedDecimals: true))),
      Column(
        name: "ratio",
        values: .numbers([1.0 / 3, 1e-12, 123_456.789, 1e300, -0.5, 2, 2.5e-308, 0.1 + 0.2]),
        form: .number(NumberForm(decimals: 17))),
      Column(
        name: "whole", values: .numbers([1, 2, 3, 4, 5, 6, 7, 8]),
        form: .number(NumberForm(decimals: 1, hasFixedDecimals: true))),
      Column(
        name: "day", values: .dates([-25_567, -25_510, -25_509, -1, 0, 1, 20_000, 2_932_896]),
        form: .calendar(pattern: "dd/MM/yyyy")),
      Column(
        name: "moment",
        values: .dateTimes([
          -86_400_000_000, -1_000_000, 0, 999_000, 1_709_251_198_000_000, 1_000_000, 86_399_999_000,
          1_234_567_891_234_000,
        ]), form: .calendar(pattern: "yyyy-MM-dd HH:mm:ss.SSS")),
      Column(
        name: "clock",
        values: .times([
          0, 1_000_000, 43_200_000_000, 86_399_000_000, 3_600_000_000, 61_000_000, 5_000_000, 0,
        ]),
        form: .calendar(pattern: "HH:mm:ss")),
      Column(
        name: "flag", values: .booleans([true, false, true, false, true, false, true, true]),
        form: .boolean(true: "TRUE", false: "FALSE")),
    ])
    var schema = SchemaInference().infer(table)
    schema.variables[1].label = ["en": "=A label that looks like a formula"]
    schema.variables[1].kind = .category
    schema.variables[1].measure = .nominal
    schema.variables[1].valueLabels = [
      ValueLabel(code: "1", label: ["en": "yes"]), ValueLabel(code: "-9", label: ["en": "refused"]),
    ]
    schema.variables[1].missingCodes = [MissingReason(code: "-9", label: "refused")]
    let facts = FileFacts(
      format: "xlsx", label: "A study", notes: ["a first note"], tableName: "people")
    return StudyDocument(table: table, schema: schema, file: facts)
  }
}
