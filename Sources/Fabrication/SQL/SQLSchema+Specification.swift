// SPDX-License-Identifier: Apache-2.0

extension SQLSchema {
  /// A specification of these tables, in YAML, to be read, corrected and made.
  ///
  /// Keys and foreign keys hold by construction, lengths, lists and bounds of `CHECK` are kept; what a
  /// column's name suggests (an address, a telephone number) is made by the provider of that name.
  ///
  /// - Parameters:
  ///   - rowCount: The rows of each table.
  public func specification(rowCount: Int = 100) -> String {
    var lines = [
      "# Drafted from SQL declarations: no data was read. Correct what the names do not say.",
      "fabricate: 1", "tables:",
    ]
    for table in tables {
      lines.append("  \(Self.quoted(table.name)):")
      lines.append("    rows: \(rows(of: table, rowCount))")
      if !table.primaryKey.isEmpty {
        lines.append(
          "    key: [\(table.primaryKey.map(Self.quoted).joined(separator: ", "))]")
      }
      if table.openChecks > 0 {
        lines.append("    # \(table.openChecks) CHECK conditions are not read: add them by hand.")
      }
      let links = links(of: table)
      if !links.isEmpty {
        lines.append("    parents:")
        for link in links {
          var options: [String] = []
          if link.name != link.target { options.append("table: \(Self.quoted(link.target))") }
          if link.isOptional { options.append("optional: 0.1") }
          lines.append(
            "      \(Self.quoted(link.name)): {\(options.joined(separator: ", "))}")
        }
      }
      lines.append("    columns:")
      for column in table.columns {
        let made = links.lazy.compactMap { $0.formula(of: column.name) }.first
        lines.append(
          "      \(Self.quoted(column.name)): "
            + (made.map(Self.quoted) ?? SQLColumnDraft(column, in: table).text))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private struct Link {
    var name: String
    var target: String
    var isOptional: Bool
    var columns: [String]
    var targets: [String]

    func formula(of column: String) -> String? {
      columns.firstIndex(of: column).map {
        "\(SQLSchema.named(name)).\(SQLSchema.named(targets[$0]))"
      }
    }
  }

  private func links(of table: SQLTable) -> [Link] {
    var links: [Link] = []
    for reference in table.references {
      guard let target = self.table(named: reference.table) else { continue }
      var name = target.name
      // Two references to one table, and one to the table itself, need names of their own.
      let isTwice = table.references.count { $0.table.lowercased() == target.name.lowercased() } > 1
      if isTwice || target.name == table.name {
        name = target.name + "_by_" + reference.columns.joined(separator: "_")
      }
      let isOptional = reference.columns.contains { column in
        table.columns.first { $0.name == column }?.isRequired == false
      }
      links.append(
        Link(
          name: name, target: target.name, isOptional: isOptional, columns: reference.columns,
          targets: reference.targets.isEmpty ? target.primaryKey : reference.targets))
    }
    return links
  }

  /// Fewer rows where a key can hold no more.
  private func rows(of table: SQLTable, _ rowCount: Int) -> Int {
    var most = rowCount
    for column in table.columns where column.isUnique {
      if !column.levels.isEmpty { most = min(most, column.levels.count) }
      if let least = column.least, let greatest = column.greatest, SQLTypes.isWhole(column) {
        most = min(most, max(0, Int(min(greatest - least + 1, 1e9))))
      }
    }
    return most
  }

  /// A name as YAML takes it.
  static func quoted(_ name: String) -> String {
    let isPlain =
      name.first?.isLetter == true
      && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
      && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(name.lowercased())
    guard !isPlain else { return name }
    return "\""
      + name.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
      .split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"") + "\""
  }

  /// A name as a formula takes it.
  static func named(_ name: String) -> String {
    let isPlain =
      name.first.map { $0.isLetter || $0 == "_" } == true
      && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      && ![
        "and", "or", "not", "in", "true", "false", "missing", "parent", "child",
      ].contains(name)
    return isPlain ? name : "`\(name)`"
  }
}
