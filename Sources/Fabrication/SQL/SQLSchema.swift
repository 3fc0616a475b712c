// SPDX-License-Identifier: Apache-2.0
public import Tables

/// The tables of a file of SQL: what its `CREATE TABLE` and `ALTER TABLE … FOREIGN KEY` declare.
///
/// Other statements are passed over. Types of SQLite, PostgreSQL, MySQL and SQL Server are known.
public struct SQLSchema: Hashable, Sendable {
  /// The tables, in the order of the file.
  public internal(set) var tables: [SQLTable]

  /// Reads the declarations of a text.
  ///
  /// - Throws: `DataError` with line and column if a declaration is broken or there is none.
  public init(_ text: String, file: String) throws(DataError) {
    var reader = SQLSchemaReader(
      tokens: try SQLLexer.tokens(of: text, file: file), text: Array(text), file: file)
    try reader.read()
    tables = reader.tables
    guard !tables.isEmpty else {
      throw DataError(
        "the file declares no table", file: file, line: 1, position: 1,
        remedy: "Give a file with CREATE TABLE statements.")
    }
    for table in tables {
      for reference in table.references {
        guard let target = self.table(named: reference.table) else {
          throw DataError(
            "table `\(table.name)` points to `\(reference.table)`, which is not declared",
            file: file, remedy: "Add its CREATE TABLE statement.")
        }
        for name in reference.columns + [] where !table.columns.contains(where: { $0.name == name })
        {
          throw DataError(
            "a foreign key of `\(table.name)` names no column `\(name)`", file: file,
            remedy: "Correct the column's name.")
        }
        let count = reference.targets.isEmpty ? target.primaryKey.count : reference.targets.count
        guard count == reference.columns.count else {
          throw DataError(
            "a foreign key of `\(table.name)` has not as many columns as the key of `\(target.name)`",
            file: file, remedy: "Name as many columns on both sides.")
        }
      }
    }
  }

  /// The table of a name, in any case.
  public func table(named name: String) -> SQLTable? {
    tables.first { $0.name.lowercased() == name.lowercased() }
  }
}
