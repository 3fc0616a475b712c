// SPDX-License-Identifier: Apache-2.0
import Randomness
import Schemas
import Tables
import Testing

@testable import Fabrication

@Suite struct FrozenTests {
  static let text = """
    # Two cases and a file of them.
    rows: 40
    columns:
      name: {by: person.name}
      age: ~ integer(0, 90)
      height: {value: "~ normal(1.7, 0.1)", decimals: 2}
      born: ~ uniform(1950-01-01, 1960-01-01)
      works: ~ bernoulli(0.5)
      note: {pattern: "[\\\\\\"é ]{6}"}
      income: age * 10
    rules: ["works or height < 1.8"]
    given:
      - {name: "Zoë 💡 \\"*\\"", age: "*", height: '*', works: "*"}   # the first
      - rows:
          - {name: "*", born: "*", note: "*", works: null}
        representative: no
        notes: "a note: of *"
      - {from: cases.csv, representative: yes}
    vary: {rows: 10}
    """

  static func inputs(_ files: [String: TypedRows]) -> SpecificationInputs {
    var inputs = SpecificationInputs()
    inputs.rows = { (name: String) throws(DataError) in
      guard let rows = files[name] else { throw DataError("no file", file: name, remedy: "") }
      return rows
    }
    return inputs
  }

  static let files = [
    "cases.csv": TypedRows(
      names: ["age", "name"], rows: [["17", "*"], ["*", "null"], ["", "Ø, \"x\""]])
  ]

  static func cells(_ table: Table, _ row: Int) -> [GivenValue] {
    table.columns.map { GivenValue($0, row: row) }
  }

  @Test func `typed rows may lie in a file, exactly as they are written there`() throws {
    let specification = try Specification(
      yaml: Self.text, file: "s", inputs: Self.inputs(Self.files))
    let table = try specification.sample(rows: 0..<40, key: RandomKey(seed: "f"))
    let names = try SeveralTablesTests.texts(table, "name")
    let ages = try SeveralTablesTests.wholes(table, "age")
    #expect(names[0] == "Zoë 💡 \"*\"" && names[3] == "null" && names[4] == "Ø, \"x\"")
    #expect(ages[2] == 17 && table.column(named: "age")?.missing.isMissing(at: 4) == true)
    #expect(names[2]?.contains(" ") == true && (0...90).contains(ages[3]))
  }

  @Test func `what is said of rows is in their description`() throws {
    let specification = try Specification(
      yaml: Self.text, file: "s", inputs: Self.inputs(Self.files))
    let blocks = specification.handmade(in: "")
    #expect(blocks.map(\.rows) == [0..<1, 1..<2, 2..<5, 5..<15])
    #expect(blocks.map(\.isRepresentative) == [nil, false, true, nil])
    #expect(blocks.map(\.origin) == ["typed", "typed", "typed", "variation"])
    #expect(blocks[1].notes == "a note: of *")
    let schema = specification.schema(of: "")
    #expect(schema.variable(named: "height")?.decimals == 2)
    #expect(schema.variable(named: "born")?.kind == .date)
    #expect(schema.variable(named: "works")?.kind == .boolean)
  }

  @Test func `frozen cells hold the values of the run, and no other seed changes them`() throws {
    let specification = try Specification(
      yaml: Self.text, file: "s", inputs: Self.inputs(Self.files))
    let key = RandomKey(seed: "f")
    let before = try specification.sample(rows: 0..<40, key: key)
    let frozen = try FrozenSpecification(specification, text: Self.text, key: key) {
      "new \($0).csv"
    }
    #expect(frozen.cellCount == 8)
    #expect(frozen.files.map(\.name) == ["new 0.csv"])
    #expect(frozen.text.hasPrefix("# Two cases") && frozen.text.contains("# the first"))
    #expect(frozen.text.contains("a note: of *"))
    let again = try Specification(
      yaml: frozen.text, file: "s", inputs: Self.inputs(["new 0.csv": frozen.files[0].rows]))
    let same = try again.sample(rows: 0..<5, key: key)
    for row in 0..<5 { #expect(Self.cells(same, row) == Self.cells(before, row), "\(row)") }
    let other = try again.sample(rows: 0..<5, key: RandomKey(seed: "another"))
    for (name, rows) in [
      ("name", 0..<5), ("age", 0..<1), ("age", 2..<5), ("height", 0..<1), ("born", 1..<2),
      ("note", 1..<2),
    ] {
      guard let one = before.column(named: name), let two = other.column(named: name) else {
        return #expect(Bool(false))
      }
      for row in rows { #expect(GivenValue(one, row: row) == GivenValue(two, row: row), "\(name)") }
    }
  }

  @Test(arguments: [
    ("given: rows.csv", "x"), ("given: {from: cases.csv}", "has a column `age`"),
    ("given: {from: []}", "no file"),
    ("given: {rows: [{x: 1}], representative: maybe}", "yes nor no"),
    ("given: {rows: [{x: 1}], note: a}", "unknown key"), ("given: {rows: [3]}", "no mapping"),
    ("given: {rows: [{x: 1}], breaks: z}", "no rule"),
  ]) func `blocks that are wrong are refused`(text: String, message: String) {
    let error = #expect(throws: DataError.self) {
      try Specification(
        yaml: "columns: {x: 1}\n" + text, file: "s", inputs: Self.inputs(Self.files))
    }
    #expect(
      error?.message.contains(message) == true || message == "x", "\(String(describing: error))")
  }

  @Test func `a wrong cell of a file is named by file and line`() {
    let error = #expect(throws: DataError.self) {
      try Specification(
        yaml: "columns: {age: \"~ integer(1, 2)\"}\ngiven: a.csv", file: "s",
        inputs: Self.inputs(["a.csv": TypedRows(names: ["age"], rows: [["1"], ["x"]])]))
    }
    #expect(error?.file == "a.csv" && error?.line == 3 && error?.column == "age")
  }
}
