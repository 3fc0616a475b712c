// SPDX-License-Identifier: Apache-2.0
import Foundation
import Packing
import Schemas
import Studies
import Tables
import Testing

@testable import WorkbookFiles

struct WorkbookFileTests {
  @Test func `a workbook of LibreOffice reads as the sheet that was written by hand`() throws {
    let document = try WorkbookFile().read(TableLocation(path: WorkbookSamples.fixture))
    let table = document.table
    #expect(document.file.tableName == "People")
    #expect(
      table.columnNames
        == ["id", "name", "born", "seen", "at", "price", "member", "twice", "code"])
    #expect(table.columns[0].values == .wholeNumbers([1, 2, 3, 4]))
    guard case .texts(let codes, let pool) = table.columns[1].values else {
      Issue.record("name is no text")
      return
    }
    #expect(pool[Int(codes[0])] == "Żółć & Söhne")
    #expect(pool[Int(codes[1])] == "=1+1")
    #expect(pool[Int(codes[3])] == "two\nlines")
    #expect(table.columns[1].missing.codes == [0, 0, 1, 0])
    // 1900-01-01, 1900-02-28, 1900-03-01 and 2024-12-31, counted by hand from 1970-01-01.
    #expect(table.columns[2].values == .dates([-25_567, -25_509, -25_508, 20_088]))
    #expect(table.columns[2].form == .calendar(pattern: "dd/MM/yyyy"))
    #expect(
      table.columns[3].values
        == .dateTimes([1_709_251_198_000_000, 946_684_800_000_000, 43_201_000_000, 0]))
    #expect(
      table.columns[4].values == .times([30_600_000_000, 0, 86_399_000_000, 0]))
    #expect(table.columns[4].missing.codes == [0, 0, 0, 1])
    #expect(table.columns[5].values == .numbers([1.5, 0.25, -7, 1_000_000]))
    #expect(
      table.columns[5].form == .number(NumberForm(decimals: 2, hasFixedDecimals: true)))
    #expect(table.columns[6].values == .booleans([true, false, true, false]))
    #expect(table.columns[7].values == .wholeNumbers([2, 4, 6, 8]))
  }

  @Test func `the sheet that is a dictionary labels the other and says what is missing`() throws {
    let document = try WorkbookFile().read(TableLocation(path: WorkbookSamples.fixture))
    let code = try #require(document.schema.variable(named: "code"))
    #expect(code.label == ["en": "Answer"])
    #expect(code.valueLabels.map(\.code) == ["1", "3", "-9"])
    #expect(code.missingCodes == [MissingReason(code: "-9", label: "refused")])
    let column = try #require(document.table.column(named: "code"))
    #expect(column.missing.reason(at: 0)?.code == "-9")
    #expect(column.missing.reason(at: 2)?.code == "")
    #expect(column.missing.reason(at: 1) == nil)
    #expect(document.schema.variable(named: "price")?.label == ["en": "Price in euros"])
    #expect(
      try WorkbookFile().tableNames(in: TableLocation(path: WorkbookSamples.fixture)) == ["People"])
  }

  @Test func `a document that is written reads the same`() throws {
    let document = WorkbookSamples.document()
    try WorkbookSamples.withFile { path in
      #expect(try WorkbookFile().write(document, to: path).isEmpty)
      let again = try WorkbookFile().read(TableLocation(path: path))
      for (column, before) in zip(again.table.columns, document.table.columns) {
        #expect(column.values == before.values || column.missing.count > 0, "\(column.name)")
        for row in 0..<before.count {
          #expect(column.missing.reason(at: row)?.code == before.missing.reason(at: row)?.code)
        }
        #expect(column.form == before.form, "\(column.name)")
      }
      #expect(again.file.label == "A study")
      #expect(again.file.notes == ["a first note"])
      #expect(again.file.tableName == "people")
      let code = try #require(again.schema.variable(named: "code"))
      #expect(code.label == document.schema.variables[1].label)
      #expect(code.valueLabels == document.schema.variables[1].valueLabels)
      #expect(code.kind == .category)
      // The same document gives the same bytes.
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      _ = try WorkbookFile().write(document, to: path)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
    }
  }

  @Test func `texts that look like formulas are texts under a format that keeps them so`() throws {
    var writing = try WorkbookWriting(WorkbookSamples.document(), file: "a.xlsx")
    let archive = try ZipArchive(try writing.bytes(), file: "a.xlsx")
    let sheet = String(
      decoding: try #require(try archive.member("xl/worksheets/sheet1.xml")), as: UTF8.self)
    #expect(!sheet.contains("<f>"))
    let styles = String(
      decoding: try #require(try archive.member("xl/styles.xml")), as: UTF8.self)
    #expect(styles.components(separatedBy: "quotePrefix=\"1\"").count == 2)
    let quoted = try #require(sheet.firstRange(of: #/<c r="A2" s="(\d+)" t="s">/#))
    #expect(!quoted.isEmpty)
    #expect(sheet.contains("<c r=\"A7\" t=\"s\">"))
  }

  @Test func `what a workbook cannot hold is said by column`() throws {
    let table = Table(columns: [
      Column(name: "big", values: .wholeNumbers([1, 9_007_199_254_740_993])),
      Column(
        name: "old", values: .dates([-30_000, 0]), form: .calendar(pattern: "yyyy-MM-dd")),
    ])
    let document = StudyDocument(
      table: table, schema: SchemaInference().infer(table), file: FileFacts(format: "csv"))
    try WorkbookSamples.withFile { path in
      let said = try WorkbookFile().write(document, to: path)
      #expect(said.map(\.column) == ["big", "old"])
      let again = try WorkbookFile().read(TableLocation(path: path))
      #expect(again.table.columns[1].values == table.columns[1].values)
    }
  }

  @Test(arguments: [
    (1.0, -25_567), (59, -25_509), (61, -25_508), (25_569, 0), (45_351, 19_782),
  ])
  func `serial numbers count days as Excel does`(serial: Double, days: Int) {
    #expect(SerialDate(countsFrom1904: false).days(serial) == days)
    #expect(SerialDate.serial(days: days) == serial)
    // 1904-01-01 is day 0 there, and day 1462 here.
    #expect(
      SerialDate(countsFrom1904: true).days(serial)
        == SerialDate(countsFrom1904: false).days(serial + 1462)
        || serial + 1462 < 61)
  }

  @Test(arguments: [
    ("General", DisplayCode.Meaning.number, 0), ("0.00", .number, 2),
    ("#,##0.0_);[Red]", .number, 1),
    ("dd/mm/yyyy", .date, 0), ("[$-409]d-mmm-yy;@", .date, 0), ("h:mm", .time, 0),
    ("mm:ss", .time, 0), ("[h]:mm:ss", .number, 0), ("yyyy\\-mm\\-dd hh:mm", .dateTime, 0),
    ("\"day\" 0", .number, 0), ("0.0E+00", .number, 0), ("mmm-yy", .date, 0), ("@", .number, 0),
    ("0%", .number, 0), ("[Red]0.000", .number, 3), ("yyyy\"年\"m\"月\"d\"日\"", .date, 0),
  ])
  func `a format code says what a number stands for`(
    code: String, meaning: DisplayCode.Meaning, decimals: Int
  ) {
    #expect(DisplayCode(code).meaning == meaning)
    #expect(DisplayCode(code).decimals == decimals)
  }

  @Test(arguments: [
    "yyyy-MM-dd", "dd.MM.yyyy", "d MMM yyyy", "HH:mm:ss", "yyyy-MM-ddTHH:mm:ss.SSS",
    "dd/MM/yyyy HH:mm:ss",
  ])
  func `patterns of dates go through format codes unchanged`(pattern: String) {
    #expect(DisplayCode(DisplayCode.code(of: pattern)).pattern == pattern)
  }
}
