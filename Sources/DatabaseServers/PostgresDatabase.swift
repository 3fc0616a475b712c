// SPDX-License-Identifier: Apache-2.0
public import Studies
public import Tables

/// Reads tables and queries of a PostgreSQL server, and writes tables.
///
/// The password is the library's matter (`PGPASSWORD`, a password file, a service file): it is never
/// taken, printed or kept here.
public struct PostgresDatabase: TableReading, TableWriting {
  /// The format.
  public let format = TableFormat(
    name: "postgresql", title: "PostgreSQL: postgresql://USER@HOST/DATABASE#TABLE, or #SELECT …",
    extensions: [], schemes: ["postgresql", "postgres"],
    keeps: [.types, .dates, .labels, .fileLabel, .notes, .unicode, .tables],
    remarks: [
      "The password comes from PGPASSWORD or ~/.pgpass, never from the address.",
      "Comments are labels; keys and CHECK rules that bound a number are read and written.",
      "Missing is NULL; numeric codes of missing stay numbers, other codes become NULL.",
      "A table that exists is never replaced.",
    ])

  /// Creates a reader and writer.
  public init() {}

  /// A server has no first bytes.
  public func recognizes(_ head: [UInt8]) -> Bool? { nil }

  /// The names of the tables and views that may be read, those outside `public` with their schema.
  public func tableNames(in location: TableLocation) throws(DataError) -> [String] {
    try tableNames(try PostgresConnection(try PostgresLocation(location)))
  }

  private func tableNames(_ connection: PostgresConnection) throws(DataError) -> [String] {
    let found = try connection.run(
      """
      SELECT CASE table_schema WHEN 'public' THEN table_name ELSE table_schema || '.' || table_name \
      END FROM information_schema.tables \
      WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
      """)
    return (0..<found.rowCount).compactMap { found.text($0, 0) }
  }

  /// Reads a table or query: the one that is named, or the only table.
  ///
  /// - Throws: `DataError` if the server cannot be reached, or there is no such table.
  public func read(
    _ location: TableLocation, options: ReadingOptions = ReadingOptions(),
    progress: ProgressHandler = .silent
  ) throws(DataError) -> StudyDocument {
    let place = try PostgresLocation(location)
    let connection = try PostgresConnection(place)
    let reading = PostgresTableReading(
      connection: connection, options: options, progress: progress)
    if let subject = place.subject { return try reading.document(subject) }
    let names = try tableNames(connection)
    guard names.count == 1 else {
      throw DataError(
        names.isEmpty ? "the database has no tables" : "the database has \(names.count) tables",
        file: place.uri,
        remedy: names.isEmpty
          ? "Give a database with a table."
          : "Name one after #. There is: " + names.prefix(40).joined(separator: ", ") + ".")
    }
    return try reading.document(
      PostgresLocation(TableLocation(path: place.uri, table: names[0])).subject
        ?? .table(schema: nil, name: names[0]))
  }

  /// Writes a table under the name after `#`, or the one it had; all of it or nothing.
  ///
  /// - Returns: What became NULL.
  /// - Throws: `DataError` if the server cannot be reached, or there is such a table already.
  public func write(_ document: StudyDocument, to path: String) throws(DataError) -> [Diagnostic] {
    let place = try PostgresLocation(TableLocation(argument: path))
    var schema: String?
    var name = document.file.tableName.isEmpty ? "data" : document.file.tableName
    switch place.subject {
    case .table(let space, let given): (schema, name) = (space, given)
    case .query:
      throw DataError(
        "a query cannot be written to", file: place.uri, remedy: "Name a table after #.")
    case nil: break
    }
    return try PostgresTableWriting(
      connection: try PostgresConnection(place), document: document, schema: schema, name: name
    ).write()
  }
}
