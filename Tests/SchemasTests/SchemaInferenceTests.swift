// SPDX-License-Identifier: Apache-2.0
import Formats
import Schemas
import Tables
import Testing

/// What columns mean, as a person would say.
@Suite struct SchemaInferenceTests {
  /// The variable of a column of cells, beside a column that numbers the rows.
  private func variable(_ name: String, _ cells: [String]) throws -> Variable {
    let lines = cells.enumerated().map { "\($0.offset)x,\"\($0.element)\"" }
    let text = (["row,\(name)"] + lines).joined(separator: "\n") + "\n"
    let document = try CSVReader(options: CSVReadOptions(hasHeader: true)).read(
      bytes: Array(text.utf8), name: "t.csv")
    return try #require(SchemaInference().infer(document.table).variable(named: name))
  }

  private func cycle(_ values: [String], _ count: Int) -> [String] {
    (0..<count).map { values[$0 % values.count] }
  }

  @Test(arguments: [
    (["1.5", "2.25", "3.75"], VariableKind.number), (["10", "250", "31", "999999"], .wholeNumber),
    (["red", "green", "blue"], .category), (["yes", "no"], .boolean), (["Y", "N"], .boolean),
    (["2021-01-31", "2020-02-29"], .date), (["09:30", "23:59"], .time),
    (["2021-01-31 10:00:00", "2020-02-29 11:30:00"], .dateTime),
    (["low", "medium", "high"], .orderedCategory),
    (["16 to 24", "25 to 34", "35 and over"], .orderedCategory),
    (["1", "2", "3", "4", "5"], .orderedCategory),
    (["1", "2"], .category), (["0", "1"], .category), (["M", "F"], .category),
    (["007", "042"], .category),
    (["£1.50", "£22.00"], .number), (["15%", "20%", "1700%"], .wholeNumber),
    (["1,234", "56", "7,890", "12"], .wholeNumber),
    (["+441632960001", "+441632960002"], .category),
  ])
  func `the kind of a column is that of its values`(values: [String], kind: VariableKind) throws {
    #expect(try variable("v", cycle(values, 60)).kind == kind)
  }

  @Test func `counts that begin at nought and thin out are no scale of codes`() throws {
    let cells = (0..<100).map { $0 < 60 ? "0" : "\(($0 - 60) / 10 + 1)" } + ["5", "6"]
    #expect(try variable("children", cells).kind == .wholeNumber)
  }

  @Test func `a negative code shared by ten rows stands for missing`() throws {
    let ages = (0..<80).map { "\(20 + $0 % 50)" }
    let found = try variable("age", ages + cycle(["-9"], 10))
    #expect(found.missingCodes.map(\.code) == ["-9"])
    #expect(try variable("age", ages + cycle(["-9"], 9)).missingCodes.isEmpty)
  }

  @Test(arguments: [["-1", "1"], ["-1", "0", "1"], ["-2", "-1", "0", "1", "2"]])
  func `a scale around zero has no missing codes`(values: [String]) throws {
    #expect(try variable("answer", cycle(values, 200)).missingCodes.isEmpty)
  }

  @Test func `negative measurements are no missing codes`() throws {
    let cells = (0..<200).map { "\($0 % 40 - 20)" }
    #expect(try variable("temperature", cells).missingCodes.isEmpty)
  }

  @Test func `rows of nines far above all else stand for missing`() throws {
    let hours = (0..<100).map { "\($0 % 60)" } + cycle(["999"], 12)
    #expect(try variable("hours", hours).missingCodes.map(\.code) == ["999"])
    let weights = (0..<300).map { "\(60 + $0 % 60)" }
    #expect(try variable("kilograms", weights).missingCodes.isEmpty)
  }

  @Test func `words of refusal among bands stand for missing`() throws {
    let bands =
      cycle(["Under 2,600", "2,600 to 5,200", "Above 5,200"], 60) + cycle(["Refused"], 12)
    let found = try variable("income", bands)
    #expect(found.kind == .orderedCategory)
    #expect(found.missingCodes.map(\.code) == ["Refused"])
  }

  @Test func `numbers that count the rows identify them`() throws {
    let found = try variable("n", (0..<50).map { "\($0 + 101)" })
    #expect(found.role == .identifier)
  }

  @Test func `numbers that merely differ identify nothing`() throws {
    let found = try variable("amount", (0..<60).map { "\(($0 * 7919) % 100_003)" })
    #expect(found.role == nil)
    #expect(found.kind == .wholeNumber)
  }

  @Test func `an identifier that comes up in several rows names an entity`() throws {
    let found = try variable("person_id", (0..<120).map { "\(1000 + $0 / 4 * 13)" })
    #expect(found.role == .entity)
  }

  @Test(arguments: [
    ("contact", (0..<60).map { "user\($0)@example.org" }),
    ("page", (0..<60).map { "https://example.org/\($0)" }),
    ("code", (0..<60).map { "GB-\($0 * 7)-\($0)" }),
    ("surname", (0..<60).map { "Name \(String(repeating: "a", count: $0 + 1))" }),
  ])
  func `texts that single out a row are identifiers`(name: String, cells: [String]) throws {
    let found = try variable(name, cells)
    #expect(found.kind == .text)
    #expect(found.role == .identifier)
  }

  @Test func `sentences are free text even where some recur`() throws {
    let cells = (0..<100).map {
      "this is the long remark of kind \(["a", "b", "c"][$0 % 3]) on case x\($0 % 25)"
    }
    #expect(try variable("remarks", cells).kind == .text)
  }

  @Test func `a constant and an empty column say so`() throws {
    #expect(try variable("v", cycle(["x"], 20)).reasons.contains { $0.contains("same value") })
    #expect(try variable("v", cycle([""], 20)).reasons == ["has no value in any row"])
  }

  @Test func `no reason quotes a value that fewer than ten rows share`() throws {
    let cells = (0..<60).map { "\($0 % 30)" } + cycle(["-77123"], 9)
    let found = try variable("v", cells)
    #expect(!found.reasons.joined().contains("77123"))
  }

  @Test func `a marked code becomes a missing cell with its reason`() throws {
    let table = Table(columns: [Column(name: "v", values: .wholeNumbers([1, -9, 3]))])
    let schema = Schema(variables: [
      Variable(
        name: "v", kind: .wholeNumber, measure: .scale,
        missingCodes: [MissingReason(code: "-9", label: "refused")])
    ])
    let marked = schema.markingMissing(in: table)
    #expect(marked.columns[0].missing.codes == [0, 1, 0])
    #expect(marked.columns[0].missing.reason(at: 1)?.label == "refused")
  }
}
