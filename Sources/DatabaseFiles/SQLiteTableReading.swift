// SPDX-License-Identifier: Apache-2.0
import CSQLite
import Schemas
import Studies
import Tables

/// Reads one table of a SQLite database.
struct SQLiteTableReading {
  let connection: SQLiteConnection
  let table: String
  let file: String
  let options: ReadingOptions

  func document() throws(DataError) -> StudyDocument {
    let (columns, rowCount, diagnostics) = try cells()
    let data = Table(columns: columns, rowCount: rowCount)
    var schema = SchemaInference().infer(data)
    try addKeys(to: &schema)
    var facts = FileFacts(format: "sqlite", pathExtension: "sqlite", tableName: table)
    facts.encoding = "UTF-8"
    return StudyDocument(table: data, schema: schema, file: facts, diagnostics: diagnostics)
  }

  private func cells() throws(DataError) -> ([Column], Int, [Diagnostic]) {
    let statement = try connection.prepare(
      "SELECT * FROM \(SQLiteConnection.quoted(table))")
    let count = sqlite3_column_count(statement.handle)
    var columns = (0..<count).map { index in
      SQLiteCells(
        name: sqlite3_column_name(statement.handle, index).map { String(cString: $0) } ?? "",
        declared: sqlite3_column_decltype(statement.handle, index).map {
          String(cString: $0).uppercased()
        } ?? "")
    }
    var rowCount = 0
    while try statement.step(connection) {
      rowCount += 1
      guard rowCount * Int(count) <= options.maximumCellCount else {
        throw DataError(
          "the table holds more than \(options.maximumCellCount) cells", file: file,
          remedy: "Give a view of fewer rows.")
      }
      for index in 0..<count {
        let cell: SQLiteCells.Cell
        switch sqlite3_column_type(statement.handle, index) {
        case SQLITE_INTEGER: cell = .whole(sqlite3_column_int64(statement.handle, index))
        case SQLITE_FLOAT: cell = .number(sqlite3_column_double(statement.handle, index))
        case SQLITE_TEXT: cell = .text(statement.text(index))
        case SQLITE_BLOB: cell = .bytes
        default: cell = .null
        }
        columns[Int(index)].cells.append(cell)
      }
    }
    var diagnostics: [Diagnostic] = []
    let finished = columns.map { cells -> Column in
      let (column, bytes) = cells.column()
      if bytes > 0 {
        diagnostics.append(
          Diagnostic(
            .warning, "\(bytes) cells hold bytes, which were taken as missing", column: cells.name))
      }
      return column
    }
    return (finished, rowCount, diagnostics)
  }

  /// A primary key of one column identifies rows; a foreign key points to those of another table.
  private func addKeys(to schema: inout Schema) throws(DataError) {
    let quoted = SQLiteConnection.quoted(table)
    let info = try connection.prepare("PRAGMA table_info(\(quoted))")
    var keys: [String] = []
    while try info.step(connection) {
      if sqlite3_column_int(info.handle, 5) > 0 { keys.append(info.text(1)) }
    }
    var parents: [String: String] = [:]
    let foreign = try connection.prepare("PRAGMA foreign_key_list(\(quoted))")
    while try foreign.step(connection) { parents[foreign.text(3)] = foreign.text(2) }
    for index in schema.variables.indices {
      let name = schema.variables[index].name
      if let parent = parents[name] {
        schema.variables[index].role = .parentKey
        schema.variables[index].reasons.append("the database says that it points to \(parent)")
      } else if keys == [name] {
        schema.variables[index].role = .key
        schema.variables[index].reasons.append("the database says that it is the primary key")
      }
    }
  }
}
