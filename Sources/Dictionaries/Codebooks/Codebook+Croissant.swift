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
      if isType("Float", "Number") { entry.measure = .scale }
      if isType("Text", "URL") { entry.isText = true }
      if isType("Enumeration") || field["references"] != nil {
        entry.kind = .category
        entry.measure = .nominal
      }
      if let key, field["@id"]?.string == key { entry.role = .key }
      entries.append(entry)
    }
  }
}
