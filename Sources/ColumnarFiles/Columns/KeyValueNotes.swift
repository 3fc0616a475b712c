// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Schemas
import Studies
import Tables

/// What a table says of itself in the free notes of a columnar file.
enum KeyValueNotes {
  private static let schemaKey = "semblance:schema"
  private static let titleKey = "title"
  private static let notesKey = "notes"
  private static let nameKey = "semblance:table"

  /// Notes by which programs tell their own types; they would be wrong in a file that we write.
  private static let foreign: Set<String> = ["ARROW:schema", "pandas", "geo", "huggingface"]

  /// The notes of a document.
  ///
  /// - Throws: `DataError` if its dictionary cannot be written as JSON.
  static func notes(
    of document: StudyDocument
  ) throws(DataError) -> [(key: String, value: String)] {
    var notes: [(key: String, value: String)] = []
    if !document.file.label.isEmpty { notes.append((titleKey, document.file.label)) }
    if document.file.label.hasPrefix("SYNTHETIC") { notes.append(("synthetic", "true")) }
    if !document.file.tableName.isEmpty { notes.append((nameKey, document.file.tableName)) }
    if !document.file.notes.isEmpty {
      notes.append((notesKey, document.file.notes.joined(separator: "\n")))
    }
    var schema = Schema(
      table: document.schema.table,
      variables: document.table.columns.map { document.variable(of: $0) })
    // Reasons speak of the table that was looked at, not of what the columns mean.
    for index in schema.variables.indices { schema.variables[index].reasons = [] }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let text = try? encoder.encode(schema) else {
      throw DataError(
        "the dictionary cannot be written as JSON",
        remedy: "Check the limits in the dictionary: they must be finite numbers.")
    }
    notes.append((schemaKey, String(decoding: text, as: UTF8.self)))
    return notes
  }

  /// Takes notes into what is known of a file, and gives the schema if one is among them.
  static func read(
    _ notes: [(key: String, value: String)], into facts: inout FileFacts
  ) -> Schema? {
    var schema: Schema?
    for (key, value) in notes {
      switch key {
      case schemaKey:
        schema = try? JSONDecoder().decode(Schema.self, from: Data(value.utf8))
      case titleKey: facts.label = value
      case nameKey: facts.tableName = value
      case notesKey: facts.notes += value.split(separator: "\n").map(String.init)
      case "synthetic": break
      default:
        if !foreign.contains(key), value.utf8.count <= 1000 {
          facts.notes.append("\(key): \(value)")
        }
      }
    }
    return schema
  }
}
