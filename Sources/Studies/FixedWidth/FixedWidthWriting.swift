// SPDX-License-Identifier: Apache-2.0
import Formats
import Schemas
import Tables

/// Writes a table as text of fixed width below its dictionary.
struct FixedWidthWriting {
  private struct Field {
    var name: String
    var isText: Bool
    var width: Int
    var column: Column
    var variable: Variable
    var calendar: CalendarTexts
  }

  private let document: StudyDocument
  private let program: FixedWidthFile.Program
  private var fields: [Field] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(_ document: StudyDocument, program: FixedWidthFile.Program) {
    self.document = document
    self.program = program
    let names = DistinctNames(document.table.columnNames.map { Self.plain($0, program) }).names
    for (column, name) in zip(document.table.columns, names) {
      if name != column.name {
        diagnostics.append(
          Diagnostic(.warning, "the variable is called \(name) in the file", column: column.name))
      }
      let isText =
        switch column.values {
        case .numbers, .wholeNumbers, .booleans: false
        case .texts, .dates, .times, .dateTimes: true
        }
      var field = Field(
        name: name, isText: isText, width: 1, column: column,
        variable: document.variable(of: column), calendar: CalendarTexts(column))
      var broken = 0
      for row in 0..<column.count {
        let text = cell(field, row)
        field.width = max(field.width, text.utf8.count)
        if text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) { broken += 1 }
      }
      if broken > 0 {
        diagnostics.append(
          Diagnostic(
            .warning, "\(broken) texts of several lines were put on one", column: column.name))
      }
      sayLost(field)
      fields.append(field)
    }
  }

  /// A name as both programs have it: letters, digits and underscores, a letter first.
  private static func plain(_ name: String, _ program: FixedWidthFile.Program) -> String {
    var plain = String(
      name.unicodeScalars.map { scalar -> Character in
        let isKept =
          scalar == "_"
          || (scalar.isASCII && (Character(scalar).isLetter || Character(scalar).isNumber))
        return isKept ? Character(scalar) : "_"
      })
    if plain.first?.isLetter != true { plain = "v" + plain }
    return String(plain.prefix(program == .stata ? 28 : 60))
  }

  private mutating func sayLost(_ field: Field) {
    let codes = field.column.missing.reasons.map(\.code)
    let lost = codes.filter { !$0.isEmpty && $0 != "." && !isWritable($0, field) }
    if !lost.isEmpty {
      diagnostics.append(
        Diagnostic(
          .warning, "these missing codes became blanks: " + lost.joined(separator: ", "),
          column: field.column.name))
    }
    if program == .stata, !field.variable.valueLabels.isEmpty {
      diagnostics.append(
        Diagnostic(
          .warning, "the value labels were left out: a dictionary of Stata has none",
          column: field.column.name))
    }
  }

  private func isWritable(_ code: String, _ field: Field) -> Bool {
    if field.isText || Double(code)?.isFinite == true { return true }
    let isLetter = code.utf8.count == 2 && code.hasPrefix(".")
    return program == .stata && isLetter
  }

  // MARK: Cells

  private func cell(_ field: Field, _ row: Int) -> String {
    if let reason = field.column.missing.reason(at: row) {
      if reason.code.isEmpty { return "" }
      if reason.code == "." { return program == .stata && !field.isText ? "." : "" }
      return isWritable(reason.code, field) ? reason.code : ""
    }
    switch field.column.values {
    case .numbers(let list): return "\(list[row])"
    case .wholeNumbers(let list): return String(list[row])
    case .booleans(let list): return list[row] ? "1" : "0"
    case .texts(let codes, let pool): return pool[Int(codes[row])]
    case .dates, .times, .dateTimes: return field.calendar.text(row)
    }
  }

  /// The whole file.
  mutating func bytes() -> [UInt8] {
    var bytes = Array((program == .stata ? stataHead() : spssHead()).utf8)
    for row in 0..<document.table.rowCount {
      for field in fields {
        let text = Array(cell(field, row).utf8).map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
        let spaces = [UInt8](repeating: 0x20, count: field.width - text.count)
        bytes += field.isText ? text + spaces : spaces + text
      }
      bytes.append(0x0A)
    }
    if program == .spss { bytes += Array("END DATA.\nEXECUTE.\n".utf8) }
    return bytes
  }

  // MARK: Dictionaries

  private var title: [String] {
    ([document.file.label] + document.file.notes).filter { !$0.isEmpty }
      .map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
  }

  private func label(_ field: Field) -> String {
    let label = field.variable.label
    let text = label["en"] ?? label.min { $0.key < $1.key }?.value ?? ""
    return text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  private func stataHead() -> String {
    var text = title.map { "* \($0)\n" }.joined() + "infile dictionary {\n"
    var column = 1
    for field in fields {
      let type =
        if field.isText {
          field.width <= 2045 ? "str\(field.width)" : "strL"
        } else {
          "double"
        }
      text +=
        "  _column(\(column)) \(type) \(field.name) %\(field.width)\(field.isText ? "s" : "f")"
      // A double quote would end the label.
      let label = String(label(field).map { $0 == "\"" ? "'" : $0 }.prefix(80))
      text += label.isEmpty ? "\n" : " \"\(label)\"\n"
      column += field.width
    }
    return text + "}\n"
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  private func spssHead() -> String {
    var text = title.map { "* \($0.hasSuffix(".") ? $0 : $0 + ".")\n" }.joined()
    text += "DATA LIST FIXED /\n"
    var column = 1
    for field in fields {
      let end = column + field.width - 1
      text += "  \(field.name) \(column)-\(end)\(field.isText ? " (A)" : "")\n"
      column = end + 1
    }
    text += "  .\n"
    for field in fields where !label(field).isEmpty {
      text += "VARIABLE LABELS \(field.name) \(Self.quoted(label(field))).\n"
    }
    for field in fields where !field.variable.valueLabels.isEmpty {
      text += "VALUE LABELS \(field.name)"
      for level in field.variable.valueLabels {
        let meaning = level.label["en"] ?? level.label.min { $0.key < $1.key }?.value ?? ""
        let isNumber = !field.isText && Double(level.code) != nil
        guard isNumber || field.isText else { continue }
        text += "\n  \(isNumber ? level.code : Self.quoted(level.code)) \(Self.quoted(meaning))"
      }
      text += ".\n"
    }
    for field in fields { text += missing(field) }
    return text + "BEGIN DATA\n"
  }

  /// At most three single values can be declared, of texts of at most eight bytes.
  private func missing(_ field: Field) -> String {
    var codes: [String] = []
    for reason in field.column.missing.reasons + field.variable.missingCodes {
      let fits = field.isText ? reason.code.utf8.count <= 8 : Double(reason.code)?.isFinite == true
      if !reason.code.isEmpty, reason.code != ".", fits, !codes.contains(reason.code) {
        codes.append(reason.code)
      }
    }
    guard !codes.isEmpty else { return "" }
    if codes.count > 3, !field.isText {
      let numbers = codes.compactMap { Double($0) }
      // A range may only stand where no value lies in it.
      if let least = numbers.min(), let most = numbers.max(), !hasValue(field, least...most) {
        let ends = codes.filter { Double($0) == least || Double($0) == most }
        return "MISSING VALUES \(field.name) "
          + "(\(ends.min { (Double($0) ?? 0) < (Double($1) ?? 0) } ?? "") THRU "
          + "\(ends.max { (Double($0) ?? 0) < (Double($1) ?? 0) } ?? "")).\n"
      }
    }
    let listed = codes.prefix(3).map { field.isText ? Self.quoted($0) : $0 }
    return "MISSING VALUES \(field.name) (\(listed.joined(separator: ", "))).\n"
  }

  private func hasValue(_ field: Field, _ range: ClosedRange<Double>) -> Bool {
    (0..<field.column.count).contains { row in
      guard !field.column.missing.isMissing(at: row) else { return false }
      switch field.column.values {
      case .numbers(let list): return range.contains(list[row])
      case .wholeNumbers(let list): return range.contains(Double(list[row]))
      default: return false
      }
    }
  }
}
