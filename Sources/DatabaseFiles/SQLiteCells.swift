// SPDX-License-Identifier: Apache-2.0
import Studies
import Tables

/// The cells of one column as they come out of SQLite, where every cell has a type of its own.
struct SQLiteCells {
  enum Cell {
    case null
    case whole(Int64)
    case number(Double)
    case text(String)
    case bytes
  }

  let name: String
  /// The declared type in capitals, empty if none is.
  let declared: String
  var cells: [Cell] = []

  /// The column, and how many cells could not be kept.
  func column() -> (column: Column, byteCellCount: Int) {
    var hasNumber = false
    var hasText = false
    var bytes = 0
    for cell in cells {
      switch cell {
      case .number: hasNumber = true
      case .text: hasText = true
      case .bytes: bytes += 1
      case .null, .whole: break
      }
    }
    let codes = cells.map { cell -> UInt8 in
      switch cell {
      case .null: 1
      case .bytes: 2
      default: 0
      }
    }
    var missing = MissingCells.none
    if codes.contains(where: { $0 != 0 }) {
      let reasons = [MissingReason(code: ""), MissingReason(code: "BLOB", label: "bytes")]
      missing = MissingCells(reasons: Array(reasons.prefix(bytes > 0 ? 2 : 1)), codes: codes)
    }
    let (values, form) =
      hasText ? texts() : (hasNumber ? numbers() : wholeNumbers())
    return (Column(name: name, values: values, missing: missing, form: form), bytes)
  }

  private func wholeNumbers() -> (ColumnValues, WrittenForm) {
    let values = cells.map { cell -> Int64 in
      if case .whole(let value) = cell { return value }
      return 0
    }
    if declared.hasPrefix("BOOL"), values.allSatisfy({ $0 == 0 || $0 == 1 }) {
      return (.booleans(values.map { $0 == 1 }), .boolean(true: "1", false: "0"))
    }
    return (.wholeNumbers(values), .number(NumberForm()))
  }

  private func numbers() -> (ColumnValues, WrittenForm) {
    let values = cells.map { cell -> Double in
      switch cell {
      case .number(let value): value.isFinite ? value : 0
      case .whole(let value): Double(value)
      default: 0
      }
    }
    return (.numbers(values), .number(DecimalPlaces.form(of: values)))
  }

  private func texts() -> (ColumnValues, WrittenForm) {
    if declared.contains("DATE") || declared.contains("TIME"), let calendar = calendar() {
      return calendar
    }
    var known: [String: UInt32] = [:]
    var pool = TextPool()
    let codes = cells.map { cell -> UInt32 in
      let text: String
      switch cell {
      case .text(let value): text = value
      case .whole(let value): text = String(value)
      case .number(let value): text = String(value)
      case .null, .bytes: return 0
      }
      if let code = known[text] { return code }
      let code = UInt32(pool.count)
      pool.append(text)
      known[text] = code
      return code
    }
    return (.texts(codes: codes, pool: pool), .text)
  }

  /// Dates or date-times where every text is one of ISO 8601.
  private func calendar() -> (ColumnValues, WrittenForm)? {
    var values: [ISOMoment?] = []
    for cell in cells {
      switch cell {
      case .text(let text):
        guard let moment = ISOMoment(text) else { return nil }
        values.append(moment)
      case .null, .bytes: values.append(nil)
      default: return nil
      }
    }
    let present = values.compactMap { $0 }
    guard let first = present.first else { return nil }
    guard present.allSatisfy({ $0.hasTime == first.hasTime }) else { return nil }
    if !first.hasTime {
      return (
        .dates(values.map { Int32($0?.days ?? 0) }), .calendar(pattern: "yyyy-MM-dd")
      )
    }
    guard present.allSatisfy({ $0.pattern == first.pattern })
    else { return nil }
    return (
      .dateTimes(values.map { $0.map { Int64($0.days) * 86_400_000_000 + $0.microseconds } ?? 0 }),
      .calendar(pattern: first.pattern)
    )
  }
}
