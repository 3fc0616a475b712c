// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables

/// A specification of several tables drafted from a dictionary alone, with their keys.
public struct DatasetDraft: Sendable {
  /// A table of the dictionary.
  public struct Table: Sendable {
    /// Its name.
    public var name: String
    /// What its dictionary says.
    public var draft: SchemaDraft
    /// The columns of its primary key.
    public var key: [String]
    /// Its foreign keys.
    public var references: [Specification.ForeignKey]

    /// Creates a table.
    public init(
      name: String, draft: SchemaDraft, key: [String], references: [Specification.ForeignKey]
    ) {
      self.name = name
      self.draft = draft
      self.key = key
      self.references = references
    }
  }

  /// The tables.
  public let tables: [Table]

  /// Creates a draft.
  public init(_ tables: [Table]) { self.tables = tables }

  /// The specification, in YAML.
  public func text(rowCount: Int) -> String {
    var lines = [
      "# Drafted from a dictionary: no data was read. Correct what it does not say.",
      "fabricate: 1", "tables:",
    ]
    for table in tables {
      lines.append("  \(SQLSchema.quoted(table.name)):")
      lines.append("    rows: \(rowCount)")
      if !table.key.isEmpty {
        lines.append("    key: [\(table.key.map(SQLSchema.quoted).joined(separator: ", "))]")
      }
      let references = table.references.filter { reference in
        tables.contains { $0.name == reference.table } && !reference.columns.isEmpty
          && reference.columns.count == reference.targets.count
      }
      let names = references.map { name(of: $0, in: table, references) }
      if !references.isEmpty {
        lines.append("    parents:")
        for (name, reference) in zip(names, references) {
          lines.append(
            "      \(SQLSchema.quoted(name)): "
              + (name == reference.table
                ? "{}" : "{table: \(SQLSchema.quoted(reference.table))}"))
        }
      }
      lines.append("    columns:")
      for variable in table.draft.schema.variables {
        lines.append(
          "      \(SQLSchema.quoted(variable.name)): "
            + (pointing(variable.name, references, names)
              ?? column(variable, in: table)))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// How formulas call a parent: by its table, unless there are two of it or it is the table itself.
  private func name(
    of reference: Specification.ForeignKey, in table: Table, _ all: [Specification.ForeignKey]
  ) -> String {
    let isTwice = all.count { $0.table == reference.table } > 1 || reference.table == table.name
    return isTwice
      ? reference.table + "_by_" + reference.columns.joined(separator: "_") : reference.table
  }

  private func pointing(
    _ column: String, _ references: [Specification.ForeignKey], _ names: [String]
  ) -> String? {
    for (name, reference) in zip(names, references) {
      if let place = reference.columns.firstIndex(of: column) {
        return SQLSchema.quoted(
          "\(SQLSchema.named(name)).\(SQLSchema.named(reference.targets[place]))")
      }
    }
    return nil
  }

  /// A column that others point to, or one of a key, has a value of its own in each row.
  private func column(_ variable: Variable, in table: Table) -> String {
    let isTarget = tables.contains { other in
      other.references.contains { $0.table == table.name && $0.targets.contains(variable.name) }
    }
    var variable = variable
    if isTarget || table.key.contains(variable.name) { variable.role = .key }
    if variable.role == .key { variable.missingCodes = [] }
    return table.draft.column(of: variable)
  }
}
