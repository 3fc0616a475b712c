// SPDX-License-Identifier: Apache-2.0
import CSQLite
import Formats
import Tables

/// A connection to a SQLite file.
final class SQLiteConnection {
  let handle: OpaquePointer
  private let path: String

  /// Opens a file.
  ///
  /// - Throws: `DataError` if it cannot be opened, or a file that is only read is shorter than it says:
  ///   SQLite itself reads what there is, and says nothing.
  init(_ path: String, isWritten: Bool) throws(DataError) {
    self.path = path
    if !isWritten { try Self.refuseCutShort(path) }
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

  /// Refuses a file with fewer pages than its head counts (SQLite, Database File Format, §1.3).
  private static func refuseCutShort(_ path: String) throws(DataError) {
    let head = try FileBytes.head(path, count: 100)
    func number(_ offset: Int, _ count: Int) -> Int {
      head[offset..<offset + count].reduce(0) { $0 << 8 | Int($1) }
    }
    // The count holds only where it was written at the last change.
    guard head.count == 100, number(24, 4) == number(92, 4) else { return }
    let pageSize = number(16, 2) == 1 ? 65_536 : number(16, 2)
    let (size, told) = (try FileBytes.size(path), pageSize * number(28, 4))
    guard size < told else { return }
    throw DataError(
      "the database is cut short: it has \(size) of \(told) bytes", file: path,
      remedy: "Get the file again from where it came from.")
  }

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
