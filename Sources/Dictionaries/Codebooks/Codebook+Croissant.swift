// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables

extension Codebook {
  /// Reads the first set of records of a Croissant description.
  ///
  /// ## Source
  /// MLCommons, Croissant format specification 1.1 (2026).
  ///
  /// - Returns: `nil` if the document is something else.
  init?(croissant root: JSONNode, file: String) {
    let versions = root["conformsTo"]?.elements.compactMap(\.string) ?? []
    let isCroissant =
      versions.contains { $0.contains("mlcommons.org/croissant") }
      || root["@context"]?["cr"]?.string?.contains("mlcommons.org/croissant") == true
    // Sets with their own data are lists of levels.
    let sets = (root["recordSet"]?.elements ?? []).filter { $0["data"] == nil }
    guard isCroissant, let fields = sets.first?["field"]?.elements, !fields.isEmpty else {
      return nil
    }
    self.init(format: "Croissant", file: file)
    title = root["name"]?.string ?? ""
    let key = sets.first?["key"]?["@id"]?.string
    for field in fields {
      guard
        let name = field["source"]?["extract"]?["column"]?.string ?? field["name"]?.string
      else { continue }
      var entry = Entry(name: name)
      entry.label = field["description"]?.string ?? ""
      let types = field["dataType"]?.elements.compactMap(\.string) ?? []
      func isType(_ names: String...) -> Bool {
        types.contains { type in
          names.contains { type.hasSuffix(":\($0)") || type.hasSuffix("/\($0)") }
        }
      }
      if isType("Boolean") { entry.kind = .boolean }
      if isType("Integer", "Int64", "Int32", "Int16", "Int8") { entry.storedKind = .wholeNumber }
      if isType("Float", "Number", "Float64", "Float32") { entry.storedKind = .number }
      if isType("Date") { entry.storedKind = .date }
      if isType("DateTime") { entry.storedKind = .dateTime }
      if isType("Time") { entry.storedKind = .time }
      if isType("Float", "Number") { entry.measure = .scale }
      if isType("Text", "URL") { entry.isText = true }
      if isType("Enumeration") || field["references"] != nil {
        entry.kind = .category
        entry.measure = .nominal
        entry.levels = Self.levels(of: field, in: root)
      }
      if let key, field["@id"]?.string == key { entry.role = .key }
      entries.append(entry)
    }
  }

  /// The values of a set of records with its own data to which a field refers.
  private static func levels(of field: JSONNode, in root: JSONNode) -> [String] {
    guard
      let path = field["references"]?["field"]?["@id"]?.string
        ?? field["references"]?["@id"]?.string
    else { return [] }
    for set in root["recordSet"]?.elements ?? [] {
      for own in set["field"]?.elements ?? [] where own["@id"]?.string == path {
        return (set["data"]?.elements ?? []).compactMap { row in
          (row[path] ?? own["name"]?.string.flatMap { row[$0] })?.code
        }
      }
    }
    return []
  }
}
