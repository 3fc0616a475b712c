// SPDX-License-Identifier: Apache-2.0
import Schemas
import Studies
import Tables

/// Writes a document as a new table: all of it, or nothing.
struct PostgresTableWriting {
  let connection: PostgresConnection
  let document: StudyDocument
  let schema: String?
  let name: String

  private var quoted: String {
    (schema.map { PostgresLocation.quoted($0) + "." } ?? "") + PostgresLocation.quoted(name)
  }

  func write() throws(DataError) -> [Diagnostic] {
    let table = document.table
    try connection.run("BEGIN")
    let declarations = table.columns.map { column in
      "\(PostgresLocation.quoted(column.name)) \(declaration(of: column))"
    }
    try connection.run("CREATE TABLE \(quoted) (\(declarations.joined(separator: ", ")))")
    try addComments()
    try copyRows()
    try connection.run("COMMIT")
    return losses()
  }

  /// The statement that makes the table, with a primary key.
  func declaration(key: [String]) -> String {
    var lines = document.table.columns.map { column in
      "\(PostgresLocation.quoted(column.name)) \(type(of: column, document.variable(of: column)))"
        + (key.contains(column.name) ? " NOT NULL" : "")
    }
    if !key.isEmpty {
      lines.append("PRIMARY KEY (\(key.map(PostgresLocation.quoted).joined(separator: ", ")))")
    }
    return "CREATE TABLE \(quoted) (\(lines.joined(separator: ", ")))"
  }

  /// Sends all rows to the table, which is there.
  func copyRows() throws(DataError) {
    let table = document.table
    try connection.run("COPY \(quoted) FROM STDIN")
    let texts = table.columns.map(CalendarTexts.init)
    let words = table.columns.map { column -> [[UInt8]] in
      if case .texts(_, let pool) = column.values { return pool.texts.map(Self.escaped) }
      return []
    }
    var block: [UInt8] = []
    for row in 0..<table.rowCount {
      for (place, column) in table.columns.enumerated() {
        if place > 0 { block.append(0x09) }
        append(column, row, texts[place], words[place], &block)
      }
      block.append(0x0A)
      if block.count > 1 << 18 {
        try connection.send(block)
        block.removeAll(keepingCapacity: true)
      }
    }
    try connection.send(block)
    try connection.finishSending()
  }

  // MARK: Declarations

  private func declaration(of column: Column) -> String {
    let variable = document.variable(of: column)
    var text = type(of: column, variable)
    let isKey = variable.role == .key && column.missing.isEmpty
    if isKey, DistinctValues(column).count == column.count { text += " PRIMARY KEY" }
    switch column.values {
    case .numbers, .wholeNumbers:
      // A code of missing that stays a number would break the rule.
      guard column.missing.reasons.allSatisfy({ Self.number($0.code, in: column) == nil })
      else { break }
      let name = PostgresLocation.quoted(column.name)
      if let minimum = variable.minimum, Self.all(column, { $0 >= minimum }) {
        text += " CHECK (\(name) >= \(minimum))"
      }
      if let maximum = variable.maximum, Self.all(column, { $0 <= maximum }) {
        text += " CHECK (\(name) <= \(maximum))"
      }
    default: break
    }
    return text
  }

  private static func all(_ column: Column, _ holds: (Double) -> Bool) -> Bool {
    (0..<column.count).allSatisfy { row in
      if column.missing.isMissing(at: row) { return true }
      switch column.values {
      case .numbers(let list): return holds(list[row])
      case .wholeNumbers(let list): return holds(Double(list[row]))
      default: return true
      }
    }
  }

  /// The declared type where the document comes from such a database and all values fit, else a plain
  /// one.
  private func type(of column: Column, _ variable: Variable) -> String {
    let declared = document.file.format == "postgresql" ? variable.stored?.format ?? "" : ""
    let isRequired = declared.hasSuffix(" NOT NULL") && column.missing.isEmpty
    let bare = declared.hasSuffix(" NOT NULL") ? String(declared.dropLast(9)) : declared
    let ending = isRequired ? " NOT NULL" : ""
    let family = String(bare.prefix { $0 != "(" })
    switch column.values {
    case .wholeNumbers(let list):
      let limits = ["smallint": 1 << 15, "integer": 1 << 31]
      if let limit = limits[bare], list.allSatisfy({ $0 < limit && $0 >= -limit }),
        column.missing.reasons.allSatisfy({ Self.number($0.code, in: column) == nil })
      {
        return bare + ending
      }
      return (family == "numeric" ? bare : "bigint") + ending
    case .numbers:
      return (["numeric", "real"].contains(family) ? bare : "double precision") + ending
    case .texts:
      let isKept = ["character varying", "character", "json", "jsonb", "uuid"].contains(family)
      return (isKept ? bare : "text") + ending
    case .dates: return "date" + ending
    case .times: return "time" + ending
    case .dateTimes:
      return (family == "timestamp with time zone" ? bare : "timestamp") + ending
    case .booleans: return "boolean" + ending
    }
  }

  private func addComments() throws(DataError) {
    let title = ([document.file.label] + document.file.notes).filter { !$0.isEmpty }
    if !title.isEmpty {
      try connection.run(
        "COMMENT ON TABLE \(quoted) IS "
          + PostgresLocation.literal(title.joined(separator: "\n")))
    }
    for column in document.table.columns {
      let label = document.variable(of: column).label
      guard let text = label["en"] ?? label.min(by: { $0.key < $1.key })?.value, !text.isEmpty
      else { continue }
      try connection.run(
        "COMMENT ON COLUMN \(quoted).\(PostgresLocation.quoted(column.name)) IS "
          + PostgresLocation.literal(text))
    }
  }

  // MARK: Cells

  private func append(
    _ column: Column, _ row: Int, _ calendar: CalendarTexts, _ words: [[UInt8]],
    _ bytes: inout [UInt8]
  ) {
    if let reason = column.missing.reason(at: row) {
      bytes += (Self.number(reason.code, in: column) ?? "\\N").utf8
      return
    }
    switch column.values {
    case .numbers(let list): bytes += "\(list[row])".utf8
    case .wholeNumbers(let list): bytes += String(list[row]).utf8
    case .booleans(let list): bytes.append(list[row] ? 0x74 : 0x66)
    case .texts(let codes, _): bytes += words[Int(codes[row])]
    case .dates, .times, .dateTimes: bytes += calendar.text(row).utf8
    }
  }

  /// A missing code that a column of numbers can hold.
  private static func number(_ code: String, in column: Column) -> String? {
    switch column.values {
    case .numbers: Double(code).flatMap { $0.isFinite ? code : nil }
    case .wholeNumbers: Int64(code).map(String.init)
    default: nil
    }
  }

  /// A text with what COPY takes as its own signs spelled out; the server holds no zero byte.
  private static func escaped(_ text: String) -> [UInt8] {
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x5C: result += [0x5C, 0x5C]
      case 0x09: result += [0x5C, 0x74]
      case 0x0A: result += [0x5C, 0x6E]
      case 0x0D: result += [0x5C, 0x72]
      case 0: result += Array("\u{FFFD}".utf8)
      default: result.append(byte)
      }
    }
    return result
  }

  func losses() -> [Diagnostic] {
    document.table.columns.compactMap { column in
      let lost = column.missing.reasons.map(\.code).filter {
        !["", ".", "null", "NA"].contains($0) && Self.number($0, in: column) == nil
      }
      guard !lost.isEmpty else { return nil }
      return Diagnostic(
        .warning, "these missing codes became NULL: " + lost.joined(separator: ", "),
        column: column.name)
    }
  }
}
