// SPDX-License-Identifier: Apache-2.0
import Formats
import Schemas
import Tables
import Testing

@testable import Dictionaries

@Suite struct SchemaYAMLTests {
  private func overrides(_ yaml: String) throws(DataError) -> SchemaOverrides {
    try SchemaOverrides(yaml: yaml, file: "s.yaml")
  }

  private var schema: Schema {
    Schema(variables: [
      Variable(name: "age", kind: .wholeNumber, measure: .scale, decimals: 0, reasons: ["guess"]),
      Variable(name: "sex", kind: .category, measure: .nominal),
      Variable(name: "born", kind: .date, measure: .scale),
    ])
  }

  @Test func `what is written is read back as the same schema`() throws {
    var written = schema
    written.variables[0].missingCodes = [MissingReason(code: "-9"), MissingReason(code: "")]
    written.variables[0].role = .quasiIdentifier
    written.variables[1].label = ["en": "Sex: \"M\" or \\ F\n", "de": "Geschlecht"]
    written.variables[1].valueLabels = [
      ValueLabel(code: "1", label: ["en": "male"]), ValueLabel(code: "02", label: ["en": "no: #1"]),
    ]
    written.variables.append(
      Variable(name: "a: \"b\"\t\u{1}é", kind: .text, role: .identifier, measure: .nominal))
    let text = SchemaYAML.text(for: written, rowCount: 12_345)
    var bare = written
    for place in bare.variables.indices {
      bare.variables[place].label = [:]
      bare.variables[place].valueLabels = []
      bare.variables[place].missingCodes = []
      bare.variables[place].role = nil
    }
    var read = try overrides(text).applied(to: bare)
    for place in read.variables.indices {
      read.variables[place].reasons = written.variables[place].reasons
    }
    #expect(read == written)
    #expect(text.contains("rows: 12000"))
  }

  @Test func `entries take the place of guesses`() throws {
    let changed = try overrides(
      """
      variables:
        age:
          kind: ordered category
          role: sensitive
          missing: [-9, "NA"]
        sex:
          role: none
          label: The sex
          values: {1: male, 2: female}
      """
    ).applied(to: schema)
    #expect(changed.variables[0].kind == .orderedCategory)
    #expect(changed.variables[0].measure == .ordinal)
    #expect(changed.variables[0].role == .sensitive)
    #expect(changed.variables[0].missingCodes.map(\.code) == ["-9", "NA"])
    #expect(changed.variables[1].role == nil)
    #expect(changed.variables[1].label == ["en": "The sex"])
    #expect(changed.variables[1].valueLabels.map(\.code) == ["1", "2"])
    #expect(changed.variables[2] == schema.variables[2])
  }

  @Test(arguments: [
    ("variables:\n  age:\n    kind: numbr\n", 3, 11, "Did you mean \"number\"?"),
    ("variables:\n  age:\n    knd: number\n", 3, 5, "Did you mean \"kind\"?"),
    ("varables:\n  age:\n    kind: number\n", 1, 1, "Did you mean \"variables\"?"),
    ("variables:\n  age:\n    role: identifer\n", 3, 11, "Did you mean \"identifier\"?"),
  ])
  func `a slip of the pen is named by its place, with what was meant`(
    yaml: String, line: Int, position: Int, remedy: String
  ) {
    let error = #expect(throws: DataError.self) { try overrides(yaml) }
    #expect(error?.file == "s.yaml")
    #expect(error?.line == line)
    #expect(error?.position == position)
    #expect(error?.remedy == remedy)
  }

  @Test(arguments: [
    "", "just text", "- a\n- b\n", "variables: 3\n", "variables:\n  age: 3\n", "a: [1\n",
    "\t\ta:\n  b", "a: b: c\n",
    "variables:\n  age:\n    missing: 9\n", "variables:\n  age:\n    values: 9\n", "? [a]\n: b\n",
    "&a *a\n", "a: *b\n",
    "variables:\n  age:\n    kind:\n      number: 1\n",
  ])
  func `text that is no schema is refused`(yaml: String) {
    let error = #expect(throws: DataError.self) { try overrides(yaml) }
    #expect(error?.remedy.isEmpty == false)
  }

  @Test func `a variable that the table lacks is named with the nearest one`() throws {
    let entry = try overrides("variables:\n  sexx:\n    kind: category\n")
    let error = #expect(throws: DataError.self) { try entry.applied(to: schema) }
    #expect(error?.line == 2)
    #expect(error?.remedy == "Did you mean \"sex\"?")
  }

  @Test func `a date cannot be stated to be a number`() throws {
    let entry = try overrides("variables:\n  born:\n    kind: number\n")
    let error = #expect(throws: DataError.self) { try entry.applied(to: schema) }
    #expect(error?.column == "born")
  }

  @Test(arguments: [
    ("kitten", "sitting", 3), ("", "abc", 3), ("Kind", "kind", 0), ("abc", "abc", 0),
  ])
  func `distances are Levenshtein's`(first: String, second: String, distance: Int) {
    #expect(NearMiss.distance(first, second) == distance)
  }
}
