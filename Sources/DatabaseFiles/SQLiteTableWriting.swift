// SPDX-License-Identifier: Apache-2.0
import CSQLite
import Schemas
import Studies
import Tables

/// Writes a document as a table of a new SQLite database.
struct SQLiteTableWriting {
  let connection: SQLiteConnection
  let document: StudyDocument

  /// Tells SQLite to copy a text that is handed over.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  func write() throws(DataError) -> [Diagnostic] {
    try begin()
    try append(document.table)
    return try finish()
  }

  private var name: String {
    document.file.tableName.isEmpty ? "data" : document.file.tableName
  }

  /// Makes the table.
  func begin() throws(DataError) {
    let table = document.table
    let quoted = SQLiteConnection.quoted(name)
    let declarations = table.columns.map { column in
      "\(SQLiteConnection.quoted(column.name)) \(Self.type(of: column))"
    }
    // The file is new and gets its name when it is whole, so a journal would only cost time.
    try connection.run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
    try connection.run("CREATE TABLE \(quoted) (\(declarations.joined(separator: ", ")))")
    try mark(as: name)
  }

  /// Adds rows.
  func append(_ table: Table) throws(DataError) {
    try Self.insert(table, into: name, connection)
  }

  /// Ends the database; what became NULL is returned.
  func finish() throws(DataError) -> [Diagnostic] {
    try connection.run("COMMIT")
    return losses()
  }

  /// Adds the rows of a table to one that exists.
  static func insert(
    _ table: Table, into name: String, _ connection: SQLiteConnection
  ) throws(DataError) {
    let names = table.columnNames.map(SQLiteConnection.quoted).joined(separator: ", ")
    let marks = Array(repeating: "?", count: table.columnCount).joined(separator: ", ")
    let insert = try connection.prepare(
      "INSERT INTO \(SQLiteConnection.quoted(name)) (\(names)) VALUES (\(marks))")
    let texts = table.columns.map(CalendarTexts.init)
    for row in 0..<table.rowCount {
      for (place, column) in table.columns.enumerated() {
        bind(column, row, Int32(place + 1), insert, texts[place])
      }
      _ = try insert.step(connection)
      sqlite3_reset(insert.handle)
    }
  }

  /// A table beside the data says what the file is.
  private func mark(as name: String) throws(DataError) {
    guard document.file.label.hasPrefix("SYNTHETIC") else { return }
    try connection.run("CREATE TABLE \"semblance_notes\" (\"note\" TEXT)")
    let insert = try connection.prepare("INSERT INTO \"semblance_notes\" VALUES (?)")
    for note in [document.file.label] + document.file.notes {
      sqlite3_bind_text(insert.handle, 1, note, -1, Self.copied)
      _ = try insert.step(connection)
      sqlite3_reset(insert.handle)
    }
  }

  static func type(of column: Column) -> String {
    switch column.values {
    case .numbers: "REAL"
    case .wholeNumbers: "INTEGER"
    case .texts: "TEXT"
    case .dates: "DATE"
    case .times: "TIME"
    case .dateTimes: "DATETIME"
    case .booleans: "BOOLEAN"
    }
  }

  private static func bind(
    _ column: Column, _ row: Int, _ place: Int32, _ insert: SQLiteStatement, _ texts: CalendarTexts
  ) {
    let handle = insert.handle
    if let reason = column.missing.reason(at: row) {
      if let number = number(reason.code, in: column) {
        sqlite3_bind_double(handle, place, number)
      } else {
        sqlite3_bind_null(handle, place)
      }
      return
    }
    switch column.values {
    case .numbers(let list): sqlite3_bind_double(handle, place, list[row])
    case .wholeNumbers(let list): sqlite3_bind_int64(handle, place, list[row])
    case .booleans(let list): sqlite3_bind_int64(handle, place, list[row] ? 1 : 0)
    case .texts(let codes, let pool):
      sqlite3_bind_text(handle, place, pool[Int(codes[row])], -1, copied)
    case .dates, .times, .dateTimes:
      sqlite3_bind_text(handle, place, texts.text(row), -1, copied)
    }
  }

  /// A missing code that a column of numbers can hold.
  private static func number(_ code: String, in column: Column) -> Double? {
    switch column.values {
    case .numbers, .wholeNumbers: Double(code).flatMap { $0.isFinite ? $0 : nil }
    default: nil
    }
  }

  private func losses() -> [Diagnostic] {
    document.table.columns.compactMap { column in
      let lost = column.missing.reasons.map(\.code).filter {
        $0 != "" && $0 != "." && Self.number($0, in: column) == nil
      }
      guard lost.count > 1 else { return nil }
      return Diagnostic(
        .warning, "these missing codes all became NULL: " + lost.joined(separator: ", "),
        column: column.name)
    }
  }
}
