// SPDX-License-Identifier: Apache-2.0
public import Tables

/// A new SQLite database of several tables, whose keys and other constraints hold for every row.
public struct SQLiteDatabase: Sendable {
  /// What keeps one table's rows in order.
  public struct Constraints: Hashable, Sendable {
    /// The columns of the primary key.
    public var primaryKey: [String]
    /// The foreign keys.
    public var references: [Reference]

    /// Creates constraints.
    public init(primaryKey: [String] = [], references: [Reference] = []) {
      self.primaryKey = primaryKey
      self.references = references
    }
  }

  /// A foreign key.
  public struct Reference: Hashable, Sendable {
    /// The columns that point.
    public var columns: [String]
    /// The table to which they point.
    public var table: String
    /// The columns to which they point.
    public var targets: [String]

    /// Creates a foreign key.
    public init(columns: [String], table: String, targets: [String]) {
      self.columns = columns
      self.table = table
      self.targets = targets
    }
  }

  /// The tables.
  public var dataset: Dataset
  /// The constraints by table.
  public var constraints: [String: Constraints]
  /// Statements that create the tables; empty to derive them from values and constraints.
  public var declarations: [String]

  /// Creates a database to be written.
  public init(
    _ dataset: Dataset, constraints: [String: Constraints] = [:], declarations: [String] = []
  ) {
    self.dataset = dataset
    self.constraints = constraints
    self.declarations = declarations
  }

  /// Writes the database to a new file, with all constraints switched on.
  ///
  /// Foreign keys are checked when all rows are there, so that tables may come in any order.
  ///
  /// - Throws: `DataError` if the file cannot be written or a row breaks a constraint.
  public func write(to path: String) throws(DataError) {
    let connection = try SQLiteConnection(path, isWritten: true)
    try connection.run(
      "PRAGMA foreign_keys = ON; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN; "
        + "PRAGMA defer_foreign_keys = ON")
    for statement in declarations.isEmpty ? derivedDeclarations : declarations {
      // One statement each, so that a declaration cannot bring others with it.
      let prepared = try connection.prepare(statement)
      _ = try prepared.step(connection)
    }
    for table in dataset.tables {
      try SQLiteTableWriting.insert(table, into: table.name, connection)
    }
    try connection.run("COMMIT")
  }

  /// The statements that create the tables with their keys.
  public var derivedDeclarations: [String] {
    func list(_ names: [String]) -> String {
      names.map(SQLiteConnection.quoted).joined(separator: ", ")
    }
    return dataset.tables.map { table in
      let own = constraints[table.name] ?? Constraints()
      var lines = table.columns.map {
        "\(SQLiteConnection.quoted($0.name)) \(SQLiteTableWriting.type(of: $0))"
          + (own.primaryKey.contains($0.name) ? " NOT NULL" : "")
      }
      if !own.primaryKey.isEmpty { lines.append("PRIMARY KEY (\(list(own.primaryKey)))") }
      lines += own.references.map {
        "FOREIGN KEY (\(list($0.columns))) REFERENCES \(SQLiteConnection.quoted($0.table))"
          + " (\(list($0.targets)))"
      }
      return
        "CREATE TABLE \(SQLiteConnection.quoted(table.name)) (\(lines.joined(separator: ", ")))"
    }
  }
}
