// SPDX-License-Identifier: Apache-2.0
import Schemas
import Studies
public import Tables

/// Several tables to be written to a PostgreSQL database, whose keys hold for every row.
///
/// All is done in one transaction: the tables with their own constraints, the rows, then the foreign
/// keys, so that tables may come in any order and point to each other. If a row breaks one, nothing is
/// there.
public struct PostgresDataset: Sendable {
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
  /// The columns of the primary key, by table.
  public var keys: [String: [String]] = [:]
  /// The foreign keys, by table.
  public var references: [String: [Reference]] = [:]
  /// Statements that make the tables; empty to derive them from values and keys.
  public var declarations: [String] = []
  /// Statements that add foreign keys; used where declarations are given.
  public var foreignKeys: [String] = []

  /// Creates a dataset to be written.
  public init(_ dataset: Dataset) { self.dataset = dataset }

  /// Writes the tables to a database; a schema may be named after `#`.
  ///
  /// - Returns: What became NULL.
  /// - Throws: `DataError` if the server cannot be reached, there is such a table already, or a row
  ///   breaks a constraint.
  public func write(to path: String) throws(DataError) -> [Diagnostic] {
    let place = try PostgresLocation(TableLocation(argument: path))
    let connection = try PostgresConnection(place)
    try connection.run("BEGIN")
    switch place.subject {
    case .table(nil, let name)?:
      try connection.run("SET search_path TO \(PostgresLocation.quoted(name))")
    case nil: break
    default:
      throw DataError(
        "several tables go to a database or one of its schemas", file: place.uri,
        remedy: "Write postgresql://USER@HOST/DATABASE, or name a schema after #.")
    }
    let writers = dataset.tables.map { table in
      PostgresTableWriting(
        connection: connection,
        document: StudyDocument(
          table: table, schema: Schema(table: table.name, variables: []),
          file: FileFacts(format: "made")), schema: nil, name: table.name)
    }
    for statement in declarations { try connection.run(statement) }
    if declarations.isEmpty {
      for writer in writers { try connection.run(writer.declaration(key: keys[writer.name] ?? [])) }
    }
    for writer in writers { try writer.copyRows() }
    for statement in declarations.isEmpty ? derivedForeignKeys : foreignKeys {
      try connection.run(statement)
    }
    try connection.run("COMMIT")
    return writers.flatMap { $0.losses() }
  }

  private var derivedForeignKeys: [String] {
    func list(_ names: [String]) -> String {
      names.map(PostgresLocation.quoted).joined(separator: ", ")
    }
    return dataset.tables.flatMap { table in
      (references[table.name] ?? []).map {
        "ALTER TABLE \(PostgresLocation.quoted(table.name)) ADD FOREIGN KEY (\(list($0.columns))) "
          + "REFERENCES \(PostgresLocation.quoted($0.table)) (\(list($0.targets)))"
      }
    }
  }
}
