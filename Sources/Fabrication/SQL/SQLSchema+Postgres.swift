// SPDX-License-Identifier: Apache-2.0

extension SQLSchema {
  /// The tables in the words of PostgreSQL, whatever the declarations were written for.
  ///
  /// - Returns: Statements that make the tables, with keys, `NOT NULL`, `UNIQUE` and the `CHECK`
  ///   conditions that are understood; then those that add foreign keys, once all rows are there.
  public var postgres: (tables: [String], foreignKeys: [String]) {
    (tables.map(Self.declaration), tables.flatMap(foreignKeys))
  }

  private static func declaration(_ table: SQLTable) -> String {
    var lines = table.columns.map { column in
      var text = "\(name(column.name)) \(type(column))"
      if column.isRequired || table.primaryKey.contains(column.name) { text += " NOT NULL" }
      if column.isUnique, table.primaryKey != [column.name] { text += " UNIQUE" }
      if !column.levels.isEmpty {
        let isText = ![.whole, .number].contains(SQLTypes.kind(of: column))
        let list = column.levels.map { isText ? literal($0) : $0 }
        text += " CHECK (\(name(column.name)) IN (\(list.joined(separator: ", "))))"
      }
      if let least = column.least { text += " CHECK (\(name(column.name)) >= \(least))" }
      if let greatest = column.greatest { text += " CHECK (\(name(column.name)) <= \(greatest))" }
      return text
    }
    if !table.primaryKey.isEmpty { lines.append("PRIMARY KEY (\(list(table.primaryKey)))") }
    for key in table.uniqueKeys where key.count > 1 { lines.append("UNIQUE (\(list(key)))") }
    return "CREATE TABLE \(name(table.name)) (\(lines.joined(separator: ", ")))"
  }

  private func foreignKeys(_ table: SQLTable) -> [String] {
    table.references.compactMap { reference in
      guard let target = self.table(named: reference.table) else { return nil }
      let targets = reference.targets.isEmpty ? target.primaryKey : reference.targets
      return
        "ALTER TABLE \(Self.name(table.name)) ADD FOREIGN KEY (\(Self.list(reference.columns))) "
        + "REFERENCES \(Self.name(target.name)) (\(Self.list(targets)))"
    }
  }

  private static func type(_ column: SQLTable.Column) -> String {
    let sizes = column.sizes.map(String.init).joined(separator: ", ")
    switch SQLTypes.kind(of: column) {
    case .whole:
      if ["NUMERIC", "DECIMAL"].contains(column.type) { return "NUMERIC(\(sizes))" }
      if column.type.contains("BIG") { return "BIGINT" }
      return column.type.contains("SMALL") || column.type.contains("TINY") ? "SMALLINT" : "INTEGER"
    case .number:
      if column.type.contains("NUMERIC") || column.type.contains("DECIMAL")
        || column.type.contains("MONEY")
      {
        return sizes.isEmpty ? "NUMERIC" : "NUMERIC(\(sizes))"
      }
      return "DOUBLE PRECISION"
    case .boolean: return "BOOLEAN"
    case .date: return "DATE"
    case .dateTime: return "TIMESTAMP"
    case .time: return "TIME"
    case .uuid: return "UUID"
    case .bytes: return "BYTEA"
    case .text:
      guard let length = column.sizes.first, column.levels.isEmpty else { return "TEXT" }
      return ["CHAR", "CHARACTER", "NCHAR", "BPCHAR"].contains(column.type)
        ? "CHAR(\(length))" : "VARCHAR(\(length))"
    }
  }

  private static func list(_ names: [String]) -> String {
    names.map(name).joined(separator: ", ")
  }

  private static func name(_ text: String) -> String {
    "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  private static func literal(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }
}
