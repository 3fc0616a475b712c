// SPDX-License-Identifier: Apache-2.0
public import Studies
public import Tables

/// Reads tables of SQLite databases, with their types and keys, and writes them.
public struct SQLiteFile: TableReading, TableWriting {
  /// The format.
  public let format = TableFormat(
    name: "sqlite", title: "SQLite database; FILE#TABLE names one of several tables",
    extensions: ["sqlite", "sqlite3", "db"], keeps: [.types, .dates, .unicode, .tables],
    remarks: [
      "Dates are ISO 8601 texts in columns that are declared DATE, TIME or DATETIME.",
      "Missing is NULL; numeric codes of missing stay numbers, other codes become NULL.",
    ])

  /// Creates a reader and writer.
  public init() {}

  /// Whether the first bytes are those of a database.
  public func recognizes(_ head: [UInt8]) -> Bool? {
    head.starts(with: "SQLite format 3\0".utf8)
  }

  /// The names of the tables and views, in the order in which they were made.
  public func tableNames(in location: TableLocation) throws(DataError) -> [String] {
    let connection = try SQLiteConnection(location.path, isWritten: false)
    let statement = try connection.prepare(
      """
      SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' \
      ESCAPE '\\' ORDER BY rowid
      """)
    var names: [String] = []
    while try statement.step(connection) { names.append(statement.text(0)) }
    return names
  }

  /// The statements with which the tables were made, and nothing of their rows.
  ///
  /// - Throws: `DataError` if the file is no database.
  public func declarations(in path: String) throws(DataError) -> String {
    let connection = try SQLiteConnection(path, isWritten: false)
    let statement = try connection.prepare(
      """
      SELECT sql FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL \
      AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid
      """)
    var texts: [String] = []
    while try statement.step(connection) { texts.append(statement.text(0) + ";") }
    return texts.joined(separator: "\n")
  }

  /// Reads a table: the one that is named, or the only one.
  ///
  /// - Throws: `DataError` if there is no such table, or several and none is named.
  public func read(
    _ location: TableLocation, options: ReadingOptions = ReadingOptions(),
    progress: ProgressHandler = .silent
  ) throws(DataError) -> StudyDocument {
    let names = try tableNames(in: location)
    guard let name = location.table ?? (names.count == 1 ? names[0] : nil) else {
      throw DataError(
        names.isEmpty ? "the database has no tables" : "the database has \(names.count) tables",
        file: location.path,
        remedy: names.isEmpty
          ? "Give a database with a table."
          : "Name one after #, as in \(location.path)#\(names[0]). There is: "
            + names.prefix(40).joined(separator: ", ") + ".")
    }
    guard names.contains(name) else {
      throw DataError(
        "the database has no table \"\(name)\"", file: location.path,
        remedy: "Use one of: " + names.prefix(40).joined(separator: ", ") + ".")
    }
    let connection = try SQLiteConnection(location.path, isWritten: false)
    return try SQLiteTableReading(
      connection: connection, table: name, file: location.path, options: options
    ).document()
  }

  /// Writes a table under the name it had, `data` if it had none.
  ///
  /// - Returns: What became NULL.
  /// - Throws: `DataError` if the file cannot be written.
  public func write(_ document: StudyDocument, to path: String) throws(DataError) -> [Diagnostic] {
    let connection = try SQLiteConnection(path, isWritten: true)
    return try SQLiteTableWriting(connection: connection, document: document).write()
  }
}
