// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables

extension Codebook {
  /// Reads metadata of CSV on the Web: of one table, or of the first of a group.
  ///
  /// ## Source
  /// W3C, Metadata Vocabulary for Tabular Data (Recommendation, 2015).
  ///
  /// - Returns: `nil` if the document is something else.
  init?(csvw root: JSONNode, file: String) {
    let contexts = root["@context"]?.elements ?? []
    guard contexts.contains(.text("http://www.w3.org/ns/csvw")) else { return nil }
    let table = root["tables"]?.elements.first ?? root
    let schema = table["tableSchema"] ?? root["tableSchema"]
    guard let columns = schema?["columns"]?.elements, !columns.isEmpty else { return nil }
    self.init(format: "CSV on the Web", file: file)
    title = table["dc:title"]?.string ?? root["dc:title"]?.string ?? ""
    let keys = schema?["primaryKey"]?.elements.compactMap(\.string) ?? []
    let parents = (schema?["foreignKeys"]?.elements ?? []).flatMap {
      $0["columnReference"]?.elements.compactMap(\.string) ?? []
    }
    for column in columns where column["virtual"] != .flag(true) {
      // The header holds the titles; the name is for addresses.
      guard let name = Self.natural(column["titles"]) ?? column["name"]?.string else { continue }
      let identifier = column["name"]?.string ?? name
      var entry = Entry(name: name)
      entry.label =
        column["dc:title"]?.string ?? column["dc:description"]?.string
        ?? column["rdfs:label"]?.string ?? ""
      let nulls = column["null"] ?? schema?["null"] ?? table["null"]
      entry.missingCodes = (nulls?.elements ?? []).compactMap { value in
        value.string.flatMap { $0.isEmpty ? nil : MissingReason(code: $0) }
      }
      Self.readDatatype(column["datatype"], into: &entry)
      if keys == [identifier] { entry.role = .key }
      if parents.contains(identifier) { entry.role = .parentKey }
      entries.append(entry)
    }
  }

  /// A text, the first of a list, or that of the first language.
  private static func natural(_ node: JSONNode?) -> String? {
    switch node {
    case .text(let text)?: text
    case .list(let list)?: natural(list.first)
    case .object(let languages)?:
      natural(languages["en"] ?? languages.min { $0.key < $1.key }?.value)
    default: nil
    }
  }

  private static func readDatatype(_ node: JSONNode?, into entry: inout Entry) {
    let base = node?.string ?? node?["base"]?.string ?? "string"
    entry.minimum = node?["minimum"]?.double ?? node?["minInclusive"]?.double
    entry.maximum = node?["maximum"]?.double ?? node?["maxInclusive"]?.double
    switch base {
    case "string", "normalizedString", "token", "anyURI", "language", "Name", "NMTOKEN":
      entry.isText = true
      // A list of alternatives without other signs is a set of levels.
      if let format = node?["format"]?.string, format.contains("|"),
        format.allSatisfy({ !"[](){}.*+?^$\\".contains($0) })
      {
        entry.kind = .category
        entry.measure = .nominal
        entry.levels = format.split(separator: "|").map(String.init)
      }
    case "boolean": entry.kind = .boolean
    case "number", "decimal", "double", "float":
      entry.measure = .scale
      entry.storedKind = .number
    case "date": entry.storedKind = .date
    case "time": entry.storedKind = .time
    case "dateTime", "datetime", "dateTimeStamp": entry.storedKind = .dateTime
    default:
      let whole = ["integer", "long", "int", "short", "byte", "gYear"]
      let ends = ["Integer", "Long", "Int", "Short", "Byte"]
      if whole.contains(base) || ends.contains(where: { base.hasSuffix($0) }) {
        entry.storedKind = .wholeNumber
      }
    }
  }
}
