// SPDX-License-Identifier: Apache-2.0
import Tables

/// Gathers one member of all objects.
struct JSONColumn {
  let name: String
  /// `nil` where an object has no such member.
  private var cells: [JSONCell?] = []

  init(name: String) { self.name = name }

  mutating func set(_ cell: JSONCell, row: Int) {
    while cells.count < row { cells.append(nil) }
    // Of members of one name the last counts, as everywhere.
    if cells.count > row { cells[row] = cell } else { cells.append(cell) }
  }

  func column(rowCount: Int, isText: Bool) -> Column {
    let cells = self.cells + Array(repeating: nil, count: rowCount - self.cells.count)
    let hasNull = cells.contains(.null)
    let codes = cells.map { cell -> UInt8 in
      switch cell {
      case .null?: 1
      case nil: hasNull ? 2 : 1
      default: 0
      }
    }
    let reasons = (hasNull ? [MissingReason(code: "null")] : []) + [MissingReason(code: "")]
    let missing =
      codes.contains { $0 != 0 } ? MissingCells(reasons: reasons, codes: codes) : .none
    let (values, form) = values(cells, isText: isText)
    return Column(name: name, values: values, missing: missing, form: form)
  }

  private func values(_ cells: [JSONCell?], isText: Bool) -> (ColumnValues, WrittenForm) {
    let present = cells.compactMap { $0 == .null ? nil : $0 }
    if !isText {
      if present.allSatisfy({ if case .boolean = $0 { true } else { false } }), !present.isEmpty {
        return (
          .booleans(cells.map { $0 == .boolean(true) }), .boolean(true: "true", false: "false")
        )
      }
      if present.allSatisfy({ if case .whole = $0 { true } else { false } }), !present.isEmpty {
        return (
          .wholeNumbers(cells.map { if case .whole(let value)? = $0 { value } else { 0 } }),
          .number(NumberForm())
        )
      }
      if let numbers = numbers(cells, present) { return numbers }
      if let calendar = calendar(cells, present) { return calendar }
    }
    return texts(cells)
  }

  private func numbers(
    _ cells: [JSONCell?], _ present: [JSONCell]
  ) -> (ColumnValues, WrittenForm)? {
    let areNumbers = present.allSatisfy { cell in
      switch cell {
      case .whole, .number: true
      default: false
      }
    }
    guard areNumbers, !present.isEmpty else { return nil }
    let values = cells.map { cell -> Double in
      switch cell {
      case .whole(let value)?: Double(value)
      case .number(let value)?: value
      default: 0
      }
    }
    return (.numbers(values), .number(DecimalPlaces.form(of: values)))
  }

  private func calendar(
    _ cells: [JSONCell?], _ present: [JSONCell]
  ) -> (ColumnValues, WrittenForm)? {
    var first: ISOMoment?
    for cell in present {
      guard case .text(let text) = cell, let moment = ISOMoment(text) else { return nil }
      let known = first ?? moment
      guard known.hasTime == moment.hasTime, known.mark == moment.mark,
        known.pattern == moment.pattern
      else { return nil }
      first = known
    }
    guard let first else { return nil }
    let moments = cells.map { cell -> ISOMoment? in
      if case .text(let text)? = cell { ISOMoment(text) } else { nil }
    }
    if !first.hasTime {
      return (.dates(moments.map { Int32($0?.days ?? 0) }), .calendar(pattern: "yyyy-MM-dd"))
    }
    return (
      .dateTimes(moments.map { $0.map { Int64($0.days) * 86_400_000_000 + $0.microseconds } ?? 0 }),
      .calendar(pattern: first.pattern)
    )
  }

  private func texts(_ cells: [JSONCell?]) -> (ColumnValues, WrittenForm) {
    var known: [String: UInt32] = [:]
    var pool = TextPool()
    let codes = cells.map { cell -> UInt32 in
      let text: String
      switch cell {
      case .text(let value)?, .nested(let value)?: text = value
      case .boolean(let value)?: text = value ? "true" : "false"
      case .whole(let value)?: text = String(value)
      case .number(let value)?: text = String(value)
      case .null?, nil: return 0
      }
      if let code = known[text] { return code }
      let code = UInt32(pool.count)
      pool.append(text)
      known[text] = code
      return code
    }
    if pool.count == 0 { pool.append("") }
    return (.texts(codes: codes, pool: pool), .text)
  }
}
