// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables
import Testing

@testable import Dictionaries

struct DataPackageCodebookTests {
  static let descriptor = """
    {"name": "p", "title": "People", "resources": [{"name": "people", "path": "people.csv", "schema": {
      "missingValues": ["", "NA"], "primaryKey": ["id"],
      "foreignKeys": [{"fields": ["home"], "reference": {"resource": "", "fields": "id"}}],
      "fields": [
        {"name": "id", "type": "integer"}, {"name": "home", "type": "integer"},
        {"name": "age", "type": "integer", "title": "Age in years",
         "constraints": {"minimum": 16, "maximum": 95},
         "missingValues": [{"value": "-9", "label": "Refused"}]},
        {"name": "region", "type": "string", "categoriesOrdered": true,
         "categories": [{"value": "N", "label": "North"}, {"value": "S", "label": "South"}]},
        {"name": "zip", "type": "string"},
        {"name": "sex", "type": "integer", "categories": [{"value": 1, "label": "male"}, {"value": 2, "label": "female"}]}
      ]}}]}
    """

  @Test func `categories, missing codes, limits and keys are read`() throws {
    let book = try #require(try Codebook(bytes: Array(Self.descriptor.utf8), file: "d.json"))
    #expect(book.title == "People")
    #expect(book.entries.map(\.name) == ["id", "home", "age", "region", "zip", "sex"])
    #expect(book.entries[0].role == .key && book.entries[1].role == .parentKey)
    #expect(book.entries[2].missingCodes == [MissingReason(code: "-9", label: "Refused")])
    #expect(book.entries[2].minimum == 16 && book.entries[2].maximum == 95)
    #expect(book.entries[3].kind == .orderedCategory)
    #expect(book.entries[3].missingCodes.map(\.code) == ["NA"])
    #expect(book.entries[5].valueLabels.map(\.code) == ["1", "2"])
    #expect(book.textColumns == ["region", "zip"])
  }

  @Test func `a table schema alone is read too, other JSON is refused, YAML is left alone`() throws
  {
    let schema = "{\"fields\": [{\"name\": \"a\", \"type\": \"boolean\"}]}"
    #expect(try Codebook(bytes: Array(schema.utf8), file: "s.json")?.entries[0].kind == .boolean)
    #expect(throws: DataError.self) {
      try Codebook(bytes: Array("{\"a\": 1}".utf8), file: "s.json")
    }
    #expect(throws: DataError.self) { try Codebook(bytes: Array("{\"a\": ".utf8), file: "s.json") }
    #expect(try Codebook(bytes: Array("{schema: 1}".utf8), file: "s.yaml") == nil)
    #expect(try Codebook(bytes: Array("schema: 1".utf8), file: "s.yaml") == nil)
  }
}
