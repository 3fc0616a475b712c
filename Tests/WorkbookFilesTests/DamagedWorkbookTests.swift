// SPDX-License-Identifier: Apache-2.0
import Foundation
import Packing
import Randomness
import Studies
import Tables
import Testing

@testable import WorkbookFiles

struct DamagedWorkbookTests {
  private func read(_ bytes: [UInt8]) throws -> StudyDocument {
    try WorkbookSamples.withFile(bytes) {
      try WorkbookFile().read(
        TableLocation(path: $0), options: ReadingOptions(maximumCellCount: 1 << 20))
    }
  }

  private func message(_ bytes: [UInt8]) -> String? {
    #expect(throws: DataError.self) { try read(bytes) }?.message
  }

  @Test func `a part that unpacks beyond all measure is refused`() throws {
    let spaces = [UInt8](repeating: 0x20, count: 65 << 20)
    let bomb = try WorkbookSamples.workbook(
      sheet: Array("<worksheet><sheetData>".utf8) + spaces
        + Array("</sheetData></worksheet>".utf8))
    #expect(bomb.count < 1 << 20)
    #expect(message(bomb)?.contains("unpacks to more than") == true)
  }

  @Test func `entities are refused where they are declared`() throws {
    let bomb = Array(
      """
      <!DOCTYPE bomb [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
      <worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData>\
      </worksheet>
      """.utf8)
    #expect(
      message(try WorkbookSamples.workbook(sheet: bomb))?.contains("document type") == true)
    let unknown = WorkbookSamples.sheet("<row><c t=\"str\"><v>&b;</v></c></row>")
    #expect(message(try WorkbookSamples.workbook(sheet: unknown))?.contains("damaged") == true)
  }

  @Test func `a lone cell far below is refused before rows are made for it`() throws {
    let sheet = WorkbookSamples.sheet(
      "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>")
    #expect(message(try WorkbookSamples.workbook(sheet: sheet))?.contains("more than") == true)
    let beyond = WorkbookSamples.sheet("<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>")
    #expect(message(try WorkbookSamples.workbook(sheet: beyond))?.contains("damaged") == true)
  }

  @Test func `several sheets ask for one by name, and formulas without results are said`() throws {
    let sheet = WorkbookSamples.sheet(
      """
      <row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>\
      <row r="2"><c r="A2"><f>1+1</f></c></row><row r="3"><c r="A3"><v>3</v></c></row>
      """)
    let bytes = try WorkbookSamples.workbook(sheet: sheet, sheets: ["a", "b"])
    try WorkbookSamples.withFile(bytes) { path in
      let error = #expect(throws: DataError.self) {
        try WorkbookFile().read(TableLocation(path: path))
      }
      #expect(error?.remedy.contains("a, b") == true)
      let document = try WorkbookFile().read(TableLocation(path: path, table: "b"))
      #expect(document.table.columns[0].missing.codes == [1, 0])
      #expect(document.diagnostics.contains { $0.message.contains("formulas without results") })
    }
  }

  @Test func `titles above a table are passed over, and headers that count are headers`() throws {
    let titled = WorkbookSamples.sheet(
      """
      <row r="1"><c r="A1" t="str"><v>Table 1</v></c></row>\
      <row r="3"><c r="A3" t="str"><v>x</v></c><c r="B3" t="str"><v>y</v></c></row>\
      <row r="4"><c r="A4"><v>1</v></c><c r="B4"><v>2.5</v></c></row>
      """)
    let document = try read(try WorkbookSamples.workbook(sheet: titled))
    #expect(document.table.columnNames == ["x", "y"])
    #expect(document.table.columns[1].values == .numbers([2.5]))
    // The second column alone has a name, as pandas writes a frame of one column with its index.
    let indexed = WorkbookSamples.sheet(
      """
      <row r="1"><c r="B1" t="str"><v>x</v></c></row>\
      <row r="2"><c r="A2"><v>0</v></c><c r="B2" t="str"><v>a</v></c></row>\
      <row r="3"><c r="A3"><v>1</v></c><c r="B3" t="str"><v>b</v></c></row>
      """)
    let plain = try read(try WorkbookSamples.workbook(sheet: indexed)).table
    #expect(plain.columnNames == ["V1", "x"] && plain.rowCount == 2)
    let counted = WorkbookSamples.sheet(
      """
      <row r="1"><c r="B1"><v>0</v></c><c r="C1"><v>1</v></c></row>\
      <row r="2"><c r="A2"><v>0</v></c><c r="B2"><v>7</v></c><c r="C2" t="b"><v>1</v></c></row>
      """)
    #expect(
      try read(try WorkbookSamples.workbook(sheet: counted)).table.columnNames == ["V1", "0", "1"])
  }

  @Test func `old workbooks and other archives are named`() throws {
    #expect(message([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1])?.contains(".xls") == true)
    #expect(message([0x50, 0x4B, 0x03, 0x04])?.contains("damaged") == true)
  }

  @Test func `a workbook that is cut short anywhere is refused`() throws {
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: WorkbookSamples.fixture)))
    for part in 0..<64 {
      #expect(throws: DataError.self) { try read(Array(whole.prefix(whole.count * part / 64))) }
    }
  }

  @Test func `a workbook with wrong bits is read or refused`() throws {
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: WorkbookSamples.fixture)))
    let mutations = ProcessInfo.processInfo.environment["MUTATIONS"].flatMap { Int($0) } ?? 400
    var refused = 0
    for variant in 0..<mutations {
      var bytes = whole
      let bit = (variant * 7919 + 13) % (whole.count * 8)
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      do { _ = try read(bytes) } catch is DataError { refused += 1 }
    }
    // Parts carry checksums, so nearly every wrong bit is found.
    #expect(refused * 2 > mutations)
  }

  @Test func `parts with wrong bits under right checksums are read or refused`() throws {
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: WorkbookSamples.fixture)))
    let archive = try ZipArchive(whole, file: "libreoffice.xlsx")
    let names = [
      "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml",
      "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml",
      "xl/_rels/workbook.xml.rels", "_rels/.rels", "[Content_Types].xml",
    ]
    let parts = try names.map { try #require(try archive.member($0)) }
    let mutations = ProcessInfo.processInfo.environment["MUTATIONS"].flatMap { Int($0) } ?? 100
    var stream = RandomStream(key: RandomKey(seed: "parts").stream(table: "", "xlsx"), entity: 0)
    var (accepted, refused) = (0, 0)
    for _ in 0..<mutations {
      // Half of the variants damage the cells, the others any part.
      let victim = Bool.random(using: &stream) ? 0 : Int.random(in: parts.indices, using: &stream)
      var zip = ZipWriting()
      for (index, name) in names.enumerated() {
        var content = parts[index]
        for _ in 0..<(index == victim ? Int.random(in: 1...4, using: &stream) : 0) {
          content[Int.random(in: content.indices, using: &stream)] ^=
            1 << UInt8.random(in: 0..<8, using: &stream)
        }
        try zip.add(name, content)
      }
      do {
        _ = try read(zip.archive())
        accepted += 1
      } catch is DataError { refused += 1 }
    }
    #expect(accepted > mutations / 50 && refused > mutations / 50, "\(accepted), \(refused)")
  }
}
