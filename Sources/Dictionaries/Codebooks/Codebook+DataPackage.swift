// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables

extension Codebook {
  /// Reads a Data Package, a resource or a Table Schema.
  ///
  /// ## Source
  /// Frictionless Data Package 2.0 (2024): `categories`, field-level `missingValues`, `constraints`.
  ///
  /// - Returns: `nil` if the document is none of them.
  init?(dataPackage root: JSONNode, file: String) {
    let resource = root["resources"]?.elements.first ?? root
    let schema = resource["schema"] ?? resource
    guard case .list(let fields)? = schema["fields"],
      fields.contains(where: { $0["name"]?.string != nil })
    else { return nil }
    self.init(format: "Data Package", file: file)
    title = root["title"]?.string ?? ""
    let keys = schema["primaryKey"]?.elements.compactMap(\.string) ?? []
    let parents = (schema["foreignKeys"]?.elements ?? []).flatMap {
      $0["fields"]?.elements.compactMap(\.string) ?? []
    }
    let shared = schema["missingValues"]?.elements ?? []
    for field in fields {
      guard let name = field["name"]?.string else { continue }
      var entry = Entry(name: name)
      entry.label = field["title"]?.string ?? field["description"]?.string ?? ""
      Self.readType(field, into: &entry)
      let missing = field["missingValues"]?.elements ?? shared
      entry.missingCodes = missing.compactMap { value in
        guard let code = (value["value"] ?? value).code, !code.isEmpty else { return nil }
        return MissingReason(code: code, label: value["label"]?.string)
      }
      entry.minimum = field["constraints"]?["minimum"]?.double
      entry.maximum = field["constraints"]?["maximum"]?.double
      if let role = field["semblance:role"]?.string { entry.role = VariableRole(rawValue: role) }
      if entry.role == nil, keys == [name] { entry.role = .key }
      if entry.role == nil, parents.contains(name) { entry.role = .parentKey }
      if let kind = field["semblance:kind"]?.string { entry.kind = VariableKind(rawValue: kind) }
      entries.append(entry)
    }
  }

  private static func readType(_ field: JSONNode, into entry: inout Entry) {
    let levels = field["categories"]?.elements ?? field["constraints"]?["enum"]?.elements ?? []
    entry.valueLabels = levels.compactMap { level in
      guard let code = level["value"]?.code, let label = level["label"]?.string else { return nil }
      return (code, label)
    }
    entry.isText = field["type"]?.string == "string"
    entry.levels = levels.compactMap(\.code)
    entry.storedKind =
      switch field["type"]?.string {
      case "integer", "year": .wholeNumber
      case "number": .number
      case "string": .text
      case "date": .date
      case "datetime": .dateTime
      case "time": .time
      default: nil
      }
    guard levels.isEmpty else {
      let isOrdered = field["categoriesOrdered"] == .flag(true)
      entry.kind = isOrdered ? .orderedCategory : .category
      entry.measure = isOrdered ? .ordinal : .nominal
      return
    }
    // Whole numbers may be counts or codes; dates and texts are what the reader finds them to be.
    if field["type"]?.string == "boolean" { entry.kind = .boolean }
  }
}
