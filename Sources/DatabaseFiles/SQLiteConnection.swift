// SPDX-License-Identifier: Apache-2.0
import CSQLite
import Tables

/// A connection to a SQLite file.
final class SQLiteConnection {
  let handle: OpaquePointer
  private let path: String

  /// Opens a file.
  ///
  /// - Throws: `DataError` if it cannot be opened.
  init(_ path: String, isWritten: Bool) throws(DataError) {
    self.path = path
    var opened: OpaquePointer?
    let flags =
      isWritten ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY
    let status = sqlite3_open_v2(path, &opened, flags, nil)
    guard status == SQLITE_OK, let opened else {
      sqlite3_close_v2(opened)
      throw DataError(
        "the database cannot be opened", file: path,
        remedy: "Check the name, and that you may read the file.")
    }
    handle = opened
  }

  deinit { sqlite3_close_v2(handle) }

  /// The error of the last call; SQLite's words name tables and columns, never values.
  func failure(_ remedy: String) -> DataError {
    let reason = sqlite3_errmsg(handle).map { String(cString: $0) } ?? "unknown"
    return DataError("the database says: \(reason)", file: path, remedy: remedy)
  }

  /// Runs a statement without results.
  func run(_ sql: String) throws(DataError) {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
      throw failure("Check that the file is a whole SQLite database, and that you may write it.")
    }
  }

  /// Prepares a statement.
  func prepare(_ sql: String) throws(DataError) -> SQLiteStatement {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
      throw failure("Check that the file is a whole SQLite database.")
    }
    return SQLiteStatement(statement)
  }

  /// A name in quotes.
  static func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}

/// A prepared statement.
final class SQLiteStatement {
  let handle: OpaquePointer

  init(_ handle: OpaquePointer) { self.handle = handle }

  deinit { sqlite3_finalize(handle) }

  /// Steps to the next row; `false` at the end.
  func step(_ connection: SQLiteConnection) throws(DataError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw connection.failure("Get the file again from where it came from.")
    }
  }

  /// The text of a column; empty for NULL.
  func text(_ column: Int32) -> String {
    sqlite3_column_text(handle, column).map { String(cString: $0) } ?? ""
  }
}
