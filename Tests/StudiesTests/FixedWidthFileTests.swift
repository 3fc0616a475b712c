// SPDX-License-Identifier: Apache-2.0
import Foundation
import Schemas
import StatisticalFiles
import Tables
import Testing

@testable import Studies

struct FixedWidthFileTests {
  /// Writes files into a folder of its own and reads the first.
  private func read(_ files: [(name: String, text: String)]) throws -> StudyDocument {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("semblance-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for file in files {
      try Data(file.text.utf8).write(to: folder.appendingPathComponent(file.name))
    }
    let path = folder.appendingPathComponent(files[0].name).path
    let reader = path.hasSuffix("dct") ? FixedWidthFile.stata : FixedWidthFile.spss
    return try reader.read(TableLocation(path: path))
  }

  private let data = """
      1341234Ann Lee  12\r
      299 -50"Bob",Jr 91\r
      350    łódka     8\r

    """

  @Test func `an infile dictionary gives places, widths and labels`() throws {
    let document = try read([
      (
        "t.dct",
        """
        * A comment
        infile dictionary using "C:\\study\\t.raw" {
          _lrecl(20)
          _column(3) byte id %1f
          int age %2f "Age in years"
          _column(6) price %5.2f
          _column(11) str9 name:lbl %9s "Person's name"
          _column(20) q2 %1f
        }
        """
      ),
      (
        "t.raw",
        data.replacingOccurrences(of: "  1341234A", with: "  134 1234A")
          .replacingOccurrences(of: "  299 -50\"", with: "  299  -50\"")
          .replacingOccurrences(of: "  350    ł", with: "  350     ł")
      ),
    ])
    let table = document.table
    #expect(table.columnNames == ["id", "age", "price", "name", "q2"])
    #expect(table.columns[0].values == .wholeNumbers([1, 2, 3]))
    #expect(table.columns[1].values == .wholeNumbers([34, 99, 50]))
    #expect(table.columns[2].values == .numbers([12.34, -0.5, 0]))
    #expect(table.columns[2].missing.codes == [0, 0, 1])
    guard case .texts(let codes, let pool) = table.columns[3].values else {
      Issue.record("name is no text")
      return
    }
    #expect(codes.map { pool[Int($0)] } == ["Ann Lee", "\"Bob\",Jr", "łódka"])
    #expect(document.schema.variables[1].label == ["en": "Age in years"])
  }

  @Test func `an infix dictionary may hold its data`() throws {
    let document = try read([
      ("t.dct", "infix dictionary {\n int age 1-2\n str2 code 4-5\n}\n34 01\n99 xy\n")
    ])
    #expect(document.table.columns[0].values == .wholeNumbers([34, 99]))
    #expect(
      document.table.columns[1].values == .texts(codes: [0, 1], pool: TextPool(["01", "xy"])))
  }

  @Test func `a syntax file of SPSS gives columns, labels and missing values`() throws {
    let document = try read([
      (
        "t.sps",
        """
        * A comment.
        TITLE 'x / y (z)'.
        DATA LIST FIXED /id 1 age 2-3
           price 4-8 (2) name 9-13 (A) q1 q2 14-15.
        VARIABLE LABELS age 'Age in years' /name "Person's name".
        VALUE LABELS q1 q2 1 'yes' 9 'refused' /age 99 'not known'.
        MISSING VALUES age (99) q1 q2 (8 THRU 9).
        BEGIN DATA
        134 1234Ann  12
        299  -50Bob  91
        350     x     8
        END DATA.
        EXECUTE.
        """
      )
    ])
    let table = document.table
    #expect(table.rowCount == 3)
    #expect(table.columns[1].missing.reason(at: 1)?.code == "99")
    #expect(table.columns[2].values == .numbers([12.34, -0.5, 0]))
    #expect(table.column(named: "q1")?.missing.reason(at: 1)?.code == "9")
    #expect(table.column(named: "q2")?.missing.reason(at: 2)?.code == "8")
    #expect(document.schema.variable(named: "name")?.label == ["en": "Person's name"])
    #expect(document.schema.variable(named: "q2")?.valueLabels.map(\.code) == ["1", "9"])
  }

  /// The election study of 1948, deposited with its data in a file of its own, which is not kept here, and
  /// as an SPSS portable file.
  private static let anes: String? = ["../shared/data", "../../shared/data"].map {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("\($0)/statfiles/anes__NES1948").path
  }.first { FileManager.default.fileExists(atPath: "\($0).SPS") }

  @Test(.enabled(if: anes != nil, "no ../shared/data/statfiles"))
  func `the syntax file of a deposit says what its portable file says`() throws {
    let base = try #require(Self.anes)
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(base).SPS")))
    let layout = try SPSSDictionary.layout(bytes, file: "a.sps")
    #expect(layout.dataFile == "nes1948.dat")
    #expect(layout.fields.count == 67)
    #expect(layout.fields[1].isText && layout.fields[1].start == 3 && layout.fields[1].end == 8)
    #expect(layout.fields[66].name == "V480050" && layout.fields[66].start == 107)
    let portable = try StatisticalFileReader(.por).read(
      TableLocation(path: "\(base).POR"), options: ReadingOptions(), progress: .silent)
    for (field, variable) in zip(layout.fields, portable.schema.variables) {
      #expect(field.name.uppercased() == variable.name.uppercased())
      #expect(field.label == variable.label.first?.value ?? "", "\(field.name)")
      let codes = field.valueLabels.map { Double($0.code) }
      #expect(Set(codes) == Set(variable.valueLabels.map { Double($0.code) }), "\(field.name)")
    }
  }

  private static func document() -> StudyDocument {
    let table = Table(columns: [
      Column(
        name: "answer", values: .wholeNumbers([1, -20, 0, 0]),
        missing: MissingCells(
          reasons: [MissingReason(code: "-9"), MissingReason(code: "")], codes: [0, 0, 1, 2]),
        form: .number(NumberForm())),
      Column(
        name: "ratio", values: .numbers([0.125, 1e-7, -3, 2.5]),
        form: .number(NumberForm(decimals: 7))),
      Column(
        name: "a name",
        values: .texts(codes: [0, 1, 2, 0], pool: TextPool(["x", "łódka, \"y\"", "END"]))),
    ])
    var schema = SchemaInference().infer(table)
    schema.variables[0].label = ["en": "It's an answer"]
    schema.variables[0].valueLabels = [ValueLabel(code: "1", label: ["en": "it's yes"])]
    return StudyDocument(
      table: table, schema: schema, file: FileFacts(format: "csv", label: "SYNTHETIC"))
  }

  @Test(arguments: ["dct", "sps"])
  func `a table that is written reads the same`(ending: String) throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("semblance-\(UUID().uuidString).\(ending)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let format = ending == "dct" ? FixedWidthFile.stata : FixedWidthFile.spss
    let document = Self.document()
    let said = try format.write(document, to: path)
    #expect(said.contains { $0.column == "a name" })
    let again = try format.read(TableLocation(path: path))
    #expect(again.table.columnNames == ["answer", "ratio", "a_name"])
    #expect(
      again.table.columns[0].values
        == .wholeNumbers(ending == "sps" ? [1, -20, -9, 0] : [1, -20, -9, 0]))
    #expect(again.table.columns[1].values == document.table.columns[1].values)
    #expect(again.table.columns[2].values == document.table.columns[2].values)
    #expect(again.schema.variables[0].label == ["en": "It's an answer"])
    if ending == "sps" {
      #expect(again.table.columns[0].missing.reason(at: 2)?.code == "-9")
      #expect(again.schema.variables[0].valueLabels == document.schema.variables[0].valueLabels)
    }
  }

  private static let pspp = "/usr/bin/pspp"

  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: pspp), "PSPP is not installed: skipped"))
  func `PSPP reads the syntax file that is written`() throws {
    let base = FileManager.default.temporaryDirectory
      .appendingPathComponent("semblance-\(UUID().uuidString)").path
    defer {
      for ending in ["sps", "run", "csv"] {
        try? FileManager.default.removeItem(atPath: "\(base).\(ending)")
      }
    }
    _ = try FixedWidthFile.spss.write(Self.document(), to: "\(base).sps")
    let run = """
      INSERT FILE='\(base).sps'.
      SAVE TRANSLATE /OUTFILE='\(base).csv' /TYPE=CSV /CELLS=VALUES /MISSING=RECODE /REPLACE.
      """
    try Data(run.utf8).write(to: URL(fileURLWithPath: "\(base).run"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.pspp)
    process.arguments = ["-o", "/dev/null", "\(base).run"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let lines = try String(contentsOfFile: "\(base).csv", encoding: .utf8).split(separator: "\n")
    // -9 is user-missing and the blank is missing, so both are blanks here.
    #expect(lines.map { $0.split(separator: ",")[0] } == ["1", "-20", " ", " "])
  }

  @Test(arguments: [
    ("t.dct", "infile dictionary using t.raw {\n  age\n}\n"), ("t.dct", "no dictionary"),
    ("t.dct", "infix dictionary {\n int age 3-1\n}\n"),
    ("t.dct", "infix dictionary {\n 2 lines\n}\n1"),
    ("t.sps", "DATA LIST FREE /age.\nBEGIN DATA\n1\n"), ("t.sps", "FREQUENCIES age.\n"),
    ("t.sps", "DATA LIST /age 1-2 /more 1-2.\nBEGIN DATA\n1\n"),
    ("t.sps", "DATA LIST FILE='gone.txt' /age 1-2.\n"),
    ("t.dct", "infix dictionary {\n int age 1-99999999999999999999\n}\n1"),
  ])
  func `what is not understood is refused`(name: String, text: String) {
    #expect(throws: DataError.self) { try read([(name, text)]) }
  }
}
