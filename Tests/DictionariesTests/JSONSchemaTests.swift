// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables
import Testing

@testable import Dictionaries

@Suite struct JSONSchemaTests {
  static let person = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "People",
      "type": "object",
      "properties": {
        "id": {"type": "integer", "minimum": 1},
        "name": {"type": "string", "maxLength": 20, "title": "Full name"},
        "code": {"type": "string", "pattern": "^[A-Z]{2}[0-9]{4}$"},
        "age": {"type": ["integer", "null"], "minimum": 16, "exclusiveMaximum": 100},
        "share": {"type": "number", "minimum": 0, "maximum": 1},
        "sex": {"enum": ["f", "m", null]},
        "state": {"oneOf": [{"const": 1, "title": "open"}, {"const": 2, "title": "closed"}]},
        "born": {"$ref": "#/$defs/day"},
        "member": {"type": "boolean"},
        "address": {"type": "object", "properties": {"street": {"type": "string"}}}
      },
      "required": ["id", "code", "state"],
      "$defs": {"day": {"type": "string", "format": "date"}}
    }
    """

  static func codebook(_ text: String) throws -> Codebook {
    try #require(try Codebook(bytes: Array(text.utf8), file: "person.schema.json"))
  }

  @Test func `properties are columns, with types, bounds, lists, labels and patterns`() throws {
    let codebook = try Self.codebook(Self.person)
    #expect(codebook.format == "JSON Schema" && codebook.title == "People")
    // Required ones first, then by name; an object inside a row has no place in a table.
    #expect(
      codebook.entries.map(\.name)
        == ["id", "code", "state", "age", "born", "member", "name", "sex", "share"])
    let entries = Dictionary(uniqueKeysWithValues: codebook.entries.map { ($0.name, $0) })
    #expect(entries["id"]?.role == .key && entries["id"]?.missingCodes.isEmpty == true)
    #expect(entries["name"]?.longest == 20 && entries["name"]?.label == "Full name")
    #expect(entries["code"]?.pattern == "^[A-Z]{2}[0-9]{4}$")
    #expect(entries["age"]?.minimum == 16 && entries["age"]?.maximum == 99)
    #expect(entries["age"]?.storedKind == .wholeNumber)
    #expect(entries["age"]?.missingCodes == [MissingReason(code: "")])
    #expect(entries["sex"]?.levels == ["f", "m"] && entries["sex"]?.kind == .category)
    #expect(entries["state"]?.valueLabels.map(\.label) == ["open", "closed"])
    #expect(entries["born"]?.storedKind == .date)
    #expect(entries["member"]?.kind == .boolean)
    #expect(entries["share"]?.storedKind == .number && entries["share"]?.maximum == 1)
  }

  @Test func `a list of objects, parts and references are followed`() throws {
    let codebook = try Self.codebook(
      """
      {"type": "array", "items": {"$ref": "#/definitions/row"}, "definitions": {
        "base": {"properties": {"id": {"type": "string", "format": "uuid"}}, "required": ["id"]},
        "row": {"type": "object", "allOf": [{"$ref": "#/definitions/base"},
          {"properties": {"a~b": {"type": "integer"}, "loop": {"$ref": "#/definitions/loop"}}}]},
        "loop": {"$ref": "#/definitions/loop"}}}
      """)
    #expect(codebook.entries.map(\.name) == ["id", "a~b", "loop"])
    #expect(codebook.entries[0].pattern?.contains("[89ab]") == true)
  }

  @Test func `other documents are none`() throws {
    #expect(throws: DataError.self) {
      try Codebook(bytes: Array("{\"properties\": {}}".utf8), file: "x.json")
    }
    // A Data Package stays one.
    let package = "{\"fields\": [{\"name\": \"a\", \"type\": \"string\"}]}"
    #expect(try Self.codebook(package).format == "Data Package")
  }
}
