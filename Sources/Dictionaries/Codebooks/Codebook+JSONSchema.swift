// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables

extension Codebook {
  /// Reads a JSON Schema of an object, or of a list of objects, whose properties are the columns.
  ///
  /// Each property gives its type (`["integer", "null"]` may be missing), its `enum` or `const` or the
  /// `const` and `title` of each `oneOf`, its bounds, its `format` and its `pattern`. References to
  /// `$defs` and `definitions` are followed, and `allOf` is merged. A property that is an object is
  /// passed over, as a table has no place for it.
  ///
  /// The columns come in the order of `required`, then by name: the order of members of an object of
  /// JSON has no meaning.
  ///
  /// ## Source
  /// JSON Schema, drafts 4 to 2020-12: *Core* § 8.2 (references), *Validation* § 6 (`enum`, `minimum`,
  /// `exclusiveMaximum`, `pattern`) and § 7.3 (`format`).
  ///
  /// - Returns: `nil` if the document is something else.
  init?(jsonSchema root: JSONNode, file: String) {
    let reader = JSONSchemaReader(root: root)
    guard let table = reader.table else { return nil }
    self.init(format: "JSON Schema", file: file)
    title = root["title"]?.string ?? ""
    entries = reader.entries(of: table)
    guard !entries.isEmpty else { return nil }
  }
}

/// Reads the properties of a JSON Schema.
private struct JSONSchemaReader {
  let root: JSONNode

  /// The schema of a row.
  var table: JSONNode? {
    let isDeclared = root["$schema"]?.string?.contains("json-schema.org") == true
    let top = resolved(root)
    let row = top["items"].map { resolved($0) } ?? top
    guard case .object(let properties)? = row["properties"], !properties.isEmpty else { return nil }
    return isDeclared || row["type"]?.string == "object" || top["type"]?.string == "array"
      ? row : nil
  }

  /// A schema with its references followed and its parts merged; at most 16 steps deep.
  func resolved(_ node: JSONNode, depth: Int = 0) -> JSONNode {
    guard depth < 16, case .object(var members) = node else { return node }
    if let path = members["$ref"]?.string, let target = found(path) {
      members["$ref"] = nil
      if case .object(let others) = resolved(target, depth: depth + 1) {
        members.merge(others) { own, _ in own }
      }
    }
    if let parts = members["allOf"]?.elements {
      members["allOf"] = nil
      for part in parts {
        guard case .object(let others) = resolved(part, depth: depth + 1) else { continue }
        for (name, value) in others {
          switch (members[name], value) {
          case (.object(let first)?, .object(let second)):
            members[name] = .object(first.merging(second) { own, _ in own })
          case (.list(let first)?, .list(let second)) where name == "required":
            members[name] = .list(first + second)
          case (nil, _): members[name] = value
          default: break
          }
        }
      }
    }
    return .object(members)
  }

  /// What a reference within the document points to.
  private func found(_ path: String) -> JSONNode? {
    guard path.hasPrefix("#") else { return nil }
    var node = root
    for part in path.dropFirst().split(separator: "/") {
      // RFC 6901: ~1 is a slash, ~0 a tilde.
      let name = part.split(separator: "~1", omittingEmptySubsequences: false)
        .joined(separator: "/").split(separator: "~0", omittingEmptySubsequences: false)
        .joined(separator: "~")
      guard let next = node[name] else { return nil }
      node = next
    }
    return node
  }

  func entries(of table: JSONNode) -> [Codebook.Entry] {
    guard case .object(let properties)? = table["properties"] else { return [] }
    let required = (table["required"]?.elements ?? []).compactMap(\.string)
    let first = required.filter { properties[$0] != nil }
    let names = first + properties.keys.filter { !first.contains($0) }.sorted()
    return names.compactMap { name in
      properties[name].flatMap { entry(name, resolved($0), isRequired: required.contains(name)) }
    }
  }

  private func entry(_ name: String, _ node: JSONNode, isRequired: Bool) -> Codebook.Entry? {
    var entry = Codebook.Entry(name: name)
    entry.label = node["title"]?.string ?? node["description"]?.string ?? ""
    var types = node["type"]?.elements.compactMap(\.string) ?? []
    var levels = node["enum"]?.elements ?? node["const"].map { [$0] } ?? []
    var source = node
    // Alternatives: each a value with its title, or null beside the real one.
    for part in (node["oneOf"] ?? node["anyOf"])?.elements ?? [] {
      let part = resolved(part)
      if let value = part["const"] {
        levels.append(value)
        if let code = value.code, let label = part["title"]?.string ?? part["description"]?.string {
          entry.valueLabels.append((code, label))
        }
      } else {
        let own = part["type"]?.elements.compactMap(\.string) ?? []
        types += own
        if own != ["null"] { source = part }
        levels += part["enum"]?.elements ?? []
      }
    }
    let mayBeMissing = !isRequired || types.contains("null") || levels.contains(.null)
    types.removeAll { $0 == "null" }
    levels.removeAll { $0 == .null }
    guard types.first != "object", types.first != "array" else { return nil }
    if mayBeMissing { entry.missingCodes = [MissingReason(code: "")] }
    entry.levels = levels.compactMap(\.code)
    if entry.valueLabels.count < entry.levels.count { entry.valueLabels = [] }
    let isLogical =
      types.first == "boolean" || levels.contains { if case .flag = $0 { true } else { false } }
    if isLogical {
      entry.kind = .boolean
      entry.levels = []
      return entry
    }
    if !entry.levels.isEmpty {
      entry.kind = .category
      entry.measure = .nominal
      entry.isText = types.first == "string"
      return entry
    }
    readBounds(source, types.first, into: &entry)
    switch types.first {
    case "integer": entry.storedKind = .wholeNumber
    case "number": entry.storedKind = .number
    default:
      entry.storedKind =
        switch source["format"]?.string {
        case "date": .date
        case "date-time": .dateTime
        case "time": .time
        default: .text
        }
      entry.isText = entry.storedKind == .text
      entry.pattern = source["pattern"]?.string
      if source["format"]?.string == "uuid" {
        entry.pattern = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
      }
      entry.longest = source["maxLength"]?.double.flatMap { Int(exactly: $0) }
    }
    if name.lowercased() == "id", isRequired, types.first == "integer" { entry.role = .key }
    return entry
  }

  private func readBounds(_ node: JSONNode, _ type: String?, into entry: inout Codebook.Entry) {
    let isWhole = type == "integer"
    entry.minimum = node["minimum"]?.double
    entry.maximum = node["maximum"]?.double
    // Draft 4 has a flag beside the bound; later ones a bound of its own.
    let unit = isWhole ? 1.0 : 0.01
    if let bound = node["exclusiveMinimum"]?.double {
      entry.minimum = max(entry.minimum ?? -.infinity, bound + unit)
    } else if node["exclusiveMinimum"] == .flag(true) {
      entry.minimum = entry.minimum.map { $0 + unit }
    }
    if let bound = node["exclusiveMaximum"]?.double {
      entry.maximum = min(entry.maximum ?? .infinity, bound - unit)
    } else if node["exclusiveMaximum"] == .flag(true) {
      entry.maximum = entry.maximum.map { $0 - unit }
    }
  }
}
