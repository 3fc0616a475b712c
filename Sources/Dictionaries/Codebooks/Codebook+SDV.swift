// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables

extension Codebook {
  /// Reads metadata of the Synthetic Data Vault: version V1, or the older kinds for one table or many.
  ///
  /// Where there are several tables, the columns of all are taken: a table finds its own by name.
  ///
  /// ## Source
  /// SDV, metadata specification V1.
  ///
  /// - Returns: `nil` if the document is something else.
  init?(sdv root: JSONNode, file: String) {
    guard let version = root["METADATA_SPEC_VERSION"]?.string, version.hasSuffix("V1") else {
      return nil
    }
    var tables: [JSONNode] = [root]
    if case .object(let list)? = root["tables"] {
      tables = list.sorted { $0.key < $1.key }.map(\.value)
    }
    var parents: Set<String> = []
    for relationship in root["relationships"]?.elements ?? [] {
      if let name = relationship["child_foreign_key"]?.string { parents.insert(name) }
    }
    self.init(format: "SDV metadata", file: file)
    for table in tables {
      guard case .object(let columns)? = table["columns"] else { continue }
      for (name, column) in columns.sorted(by: { $0.key < $1.key }) {
        var entry = Entry(name: name)
        switch column["sdtype"]?.string {
        case "numerical":
          entry.measure = .scale
          let isWhole = column["computer_representation"]?.string?.contains("Int") == true
          entry.storedKind = isWhole ? .wholeNumber : .number
        case "categorical":
          let isOrdered = column["order"] != nil || column["order_by"] != nil
          entry.kind = isOrdered ? .orderedCategory : .category
          entry.measure = isOrdered ? .ordinal : .nominal
          entry.levels = (column["order"]?.elements ?? []).compactMap(\.code)
        case "boolean": entry.kind = .boolean
        case "id":
          entry.role = table["primary_key"]?.string == name ? .key : .identifier
          entry.storedKind = .text
          entry.pattern = column["regex_format"]?.string
        case "datetime":
          let format = column["datetime_format"]?.string ?? ""
          entry.storedKind = format.contains("%H") || format.contains("%T") ? .dateTime : .date
        case nil: break
        default: if column["pii"] == .flag(true) { entry.role = .identifier }
        }
        if parents.contains(name), entry.role == .identifier { entry.role = .parentKey }
        if table["sequence_key"]?.string == name { entry.role = .entity }
        if table["sequence_index"]?.string == name { entry.role = .time }
        entries.append(entry)
      }
    }
    guard !entries.isEmpty else { return nil }
  }
}
