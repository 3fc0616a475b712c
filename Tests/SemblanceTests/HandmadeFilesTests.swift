// SPDX-License-Identifier: Apache-2.0
import Dictionaries
import Fabrication
import Formats
import Randomness
import Schemas
import Studies
import Tables
import Testing

@testable import Semblance

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Rows by hand that lie in files beside the specification.
@Suite struct HandmadeFilesTests {
  static let specification = """
    rows: 20
    columns:
      code: {pattern: "[0-9]{4}"}
      name: {by: person.name}
      age: ~ integer(0, 90)
      born: ~ uniform(1950-01-01, 1960-01-01)
    given:
      - {from: cases.csv, representative: no, notes: "made up: two"}
    rules: {grown: age >= 5}
    scenarios:
      small: {rows: 2, breaks: grown, representative: yes}
    """

  /// A folder of its own, with the files of a test in it.
  static func folder(_ files: [String: String]) throws -> String {
    let folder = FabricateVerbTests.temporaryName("")
    try #require(mkdir(folder, 0o700) == 0)
    for (name, text) in files {
      try FileBytes.write(Array(text.utf8), to: folder + "/" + name)
    }
    return folder
  }

  static func texts(_ table: Table, _ name: String) throws -> [String] {
    try FaultyTwin.texts(of: try #require(table.column(named: name)))
  }

  @Test func `rows come from a CSV file beside the specification, as they are typed`() throws {
    let folder = try Self.folder([
      "cases.csv": "code,name,age,born\n0070,\"Ann \"\"A\"\" O, x\",17,*\n0071,*,,1955-02-03\n"
    ])
    let verb = try FabricateVerb(text: Self.specification, file: folder + "/spec.yaml")
    let table = try verb.specification.sample(rows: 0..<20, key: RandomKey(seed: "x"))
    #expect(try Self.texts(table, "code").prefix(2) == ["0070", "0071"])
    #expect(try Self.texts(table, "name")[0] == "Ann \"A\" O, x")
    #expect(try Self.texts(table, "age").prefix(2) == ["17", ""])
    #expect(try Self.texts(table, "born")[1] == "1955-02-03")
    #expect(try Self.texts(table, "name")[1].contains(" "))
    let ages = try Self.texts(table, "age").compactMap { Int($0) }
    #expect(ages[1] < 5 && ages[2] < 5 && ages.dropFirst(3).allSatisfy { $0 >= 5 })
  }

  @Test func `rows come from a sheet of a workbook`() throws {
    let folder = try Self.folder([:])
    let cases = Table(
      columns: [
        Column(name: "code", values: .texts(codes: [0, 1], pool: TextPool(["0070", "0071"]))),
        Column(name: "age", values: .texts(codes: [0, 1], pool: TextPool(["17", "*"]))),
        Column(name: "born", values: .dates([0, 31]), form: .calendar(pattern: "yyyy-MM-dd")),
      ], rowCount: 2)
    let schema = Schema(variables: [
      Variable(name: "code", kind: .text, measure: .nominal),
      Variable(name: "age", kind: .text, measure: .nominal),
      Variable(name: "born", kind: .date, measure: .scale, form: .calendar(pattern: "yyyy-MM-dd")),
    ])
    let document = StudyDocument(table: cases, schema: schema, file: FileFacts(format: "Excel"))
    _ = try FormatCatalogue.standard.write(document, to: folder + "/cases.xlsx")
    let text = Self.specification.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.contains("from:") ? "  - {from: cases.xlsx}" : String($0) }.joined(separator: "\n")
    let verb = try FabricateVerb(text: text, file: folder + "/spec.yaml")
    let table = try verb.specification.sample(rows: 0..<20, key: RandomKey(seed: "x"))
    #expect(try Self.texts(table, "code").prefix(2) == ["0070", "0071"])
    #expect(try Self.texts(table, "born").prefix(2) == ["1970-01-01", "1970-02-01"])
    #expect(try Self.texts(table, "age")[0] == "17")
  }

  @Test func `the dictionary says which rows were made by hand, and is one`() throws {
    let folder = try Self.folder(["cases.csv": "age\n17\n*\n"])
    let verb = try FabricateVerb(text: Self.specification, file: folder + "/spec.yaml")
    let page = try #require(verb.dictionary(of: "", rowCount: 20))
    #expect(
      page.contains(
        "  - {rows: 1-2, origin: typed, representative: no, notes: \"made up: two\"}\n"))
    #expect(
      page.contains(
        "  - {rows: 3-4, origin: scenario, name: \"small\", representative: yes, breaks: [\"grown\"]}\n"
      ))
    let overrides = try SchemaOverrides(yaml: page, file: "d.yaml")
    #expect(overrides.entries.map(\.name) == ["code", "name", "age", "born"])
    #expect(overrides.entries[2].kind == .wholeNumber)
    let plain = try FabricateVerb(text: "columns: {a: 1}", file: folder + "/plain.yaml")
    #expect(plain.dictionary(of: "", rowCount: 5) == nil)
  }

  @Test func `a frozen specification and its rows make the same table, with other seeds too`()
    throws
  {
    let folder = try Self.folder(["cases.csv": "name,age\n*,17\nBo,*\n"])
    let verb = try FabricateVerb(text: Self.specification, file: folder + "/spec.yaml")
    let key = RandomKey(seed: "x")
    let frozen = try verb.frozen(key: key, for: folder + "/frozen.yaml")
    try verb.write(frozen, to: folder + "/frozen.yaml", force: false)
    #expect(frozen.cellCount == 2)
    let text = String(decoding: try FileBytes.read(folder + "/frozen.yaml"), as: UTF8.self)
    let again = try FabricateVerb(text: text, file: folder + "/frozen.yaml")
    let before = try verb.specification.sample(rows: 0..<20, key: key)
    let other = try again.specification.sample(rows: 0..<20, key: RandomKey(seed: "y"))
    for name in ["name", "age"] {
      #expect(try Self.texts(before, name).prefix(2) == Self.texts(other, name).prefix(2))
    }
    #expect(throws: DataError.self) {
      try verb.write(frozen, to: folder + "/frozen.yaml", force: false)
    }
  }

  @Test func `texts to learn from may lie in a file or in a named column`() throws {
    let folder = try Self.folder([
      "lines.txt": "a b c\nb c d\n", "cases.csv": "age\n17\n",
      "notes.csv": "id,note\n1,x y\n2,y z\n",
    ])
    for (entry, words) in [
      ("{order: 1, from: lines.txt}", "abcd"),
      ("{order: 1, from: notes.csv, column: note}", "xyz"),
    ] {
      let verb = try FabricateVerb(
        text: "columns: {t: {markov: \(entry)}}", file: folder + "/spec.yaml")
      let table = try verb.specification.sample(rows: 0..<200, key: RandomKey(seed: "m"))
      let letters = Set(try Self.texts(table, "t").joined()).subtracting([" "])
      #expect(letters == Set(words))
    }
    #expect(throws: DataError.self) {
      try FabricateVerb(
        text: "columns: {t: {markov: {order: 1, from: nothing.txt}}}", file: folder + "/spec.yaml")
    }
  }
}
