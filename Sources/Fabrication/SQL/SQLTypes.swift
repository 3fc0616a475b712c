// SPDX-License-Identifier: Apache-2.0

/// What the types of SQL mean for values.
enum SQLTypes {
  enum Kind { case whole, number, boolean, text, date, dateTime, time, uuid, bytes }

  static func kind(of column: SQLTable.Column) -> Kind {
    let type = column.type
    func has(_ words: String...) -> Bool { words.contains { type.contains($0) } }
    if has("BOOL") || type == "BIT" { return .boolean }
    if has("INTERVAL") { return .text }
    if has("INT", "SERIAL", "YEAR") { return .whole }
    if has("UUID", "UNIQUEIDENTIFIER") { return .uuid }
    if has("NUMERIC", "DECIMAL") { return column.sizes.count == 1 ? .whole : .number }
    if has("REAL", "FLOA", "DOUB", "MONEY", "NUMBER") { return .number }
    if has("TIMESTAMP", "DATETIME") { return .dateTime }
    if type.hasPrefix("DATE") { return .date }
    if type.hasPrefix("TIME") { return .time }
    if has("BLOB", "BYTEA", "BINARY", "IMAGE") { return .bytes }
    return .text
  }

  static func isWhole(_ column: SQLTable.Column) -> Bool { kind(of: column) == .whole }
}
