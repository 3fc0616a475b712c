// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Tables

/// One of several tables that a dictionary describes, with its keys.
public struct CodebookTable: Sendable {
  /// A foreign key.
  public struct Reference: Hashable, Sendable {
    /// The columns that point.
    public var columns: [String]
    /// The table to which they point.
    public var table: String
    /// The columns to which they point.
    public var targets: [String]
  }

  /// The name of the table.
  public var name: String
  /// What is said of its variables.
  public var codebook: Codebook
  /// The columns of its primary key.
  public var key: [String] = []
  /// Its foreign keys.
  public var references: [Reference] = []

  /// Reads the tables of a Data Package, of SDV metadata or of a group of CSV on the Web.
  ///
  /// - Returns: One entry for each table; none if the document is something else or describes one table
  ///   alone.
  public static func tables(bytes: [UInt8], file: String) -> [CodebookTable] {
    guard bytes.first(where: { $0 > 0x20 && $0 < 0x80 }) == 0x7B,
      let root = try? JSONDecoder().decode(JSONNode.self, from: Data(bytes))
    else { return [] }
    let found =
      ofPackage(root, file) ?? ofSDV(root, file) ?? ofGroup(root, file) ?? []
    return found.count > 1 ? found : []
  }

  private static func names(_ node: JSONNode?) -> [String] {
    node?.elements.compactMap(\.string) ?? []
  }

  private static func ofPackage(_ root: JSONNode, _ file: String) -> [CodebookTable]? {
    guard let resources = root["resources"]?.elements else { return nil }
    return resources.enumerated().compactMap { place, resource in
      guard let codebook = Codebook(dataPackage: resource, file: file) else { return nil }
      let schema = resource["schema"] ?? resource
      var table = CodebookTable(
        name: resource["name"]?.string ?? "table\(place + 1)", codebook: codebook)
      table.key = names(schema["primaryKey"])
      for reference in schema["foreignKeys"]?.elements ?? [] {
        let target = reference["reference"]?["resource"]?.string ?? ""
        table.references.append(
          Reference(
            columns: names(reference["fields"]), table: target.isEmpty ? table.name : target,
            targets: names(reference["reference"]?["fields"])))
      }
      return table
    }
  }

  private static func ofSDV(_ root: JSONNode, _ file: String) -> [CodebookTable]? {
    guard let version = root["METADATA_SPEC_VERSION"], case .object(let tables)? = root["tables"]
    else { return nil }
    return tables.sorted { $0.key < $1.key }.compactMap { name, node in
      guard case .object(var members) = node else { return nil }
      members["METADATA_SPEC_VERSION"] = version
      guard let codebook = Codebook(sdv: .object(members), file: file) else { return nil }
      var table = CodebookTable(name: name, codebook: codebook)
      table.key = names(members["primary_key"])
      for relation in root["relationships"]?.elements ?? []
      where relation["child_table_name"]?.string == name {
        table.references.append(
          Reference(
            columns: names(relation["child_foreign_key"]),
            table: relation["parent_table_name"]?.string ?? "",
            targets: names(relation["parent_primary_key"])))
      }
      return table
    }
  }

  private static func ofGroup(_ root: JSONNode, _ file: String) -> [CodebookTable]? {
    guard let context = root["@context"], let list = root["tables"]?.elements else { return nil }
    func name(_ node: JSONNode, _ place: Int) -> String {
      let path = node["url"]?.string ?? "table\(place + 1)"
      let last = path.split(separator: "/").last.map(String.init) ?? path
      return last.split(separator: ".").first.map(String.init) ?? last
    }
    return list.enumerated().compactMap { place, node in
      guard case .object(var members) = node else { return nil }
      members["@context"] = context
      guard let codebook = Codebook(csvw: .object(members), file: file) else { return nil }
      var table = CodebookTable(name: name(node, place), codebook: codebook)
      let schema = node["tableSchema"]
      table.key = names(schema?["primaryKey"])
      for reference in schema?["foreignKeys"]?.elements ?? [] {
        let target = reference["reference"]
        let found = list.firstIndex {
          $0["url"] == target?["resource"] && target?["resource"] != nil
        }
        table.references.append(
          Reference(
            columns: names(reference["columnReference"]),
            table: found.map { name(list[$0], $0) } ?? "",
            targets: names(target?["columnReference"])))
      }
      return table
    }
  }
}
