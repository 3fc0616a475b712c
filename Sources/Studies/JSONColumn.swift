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

  /// The column, as what its own cells show.
  func column(rowCount: Int, isText: Bool) -> Column {
    var evidence = JSONEvidence()
    for case let cell? in cells { evidence.add(cell) }
    return column(
      as: evidence.kind(isText: isText), rowCount: rowCount,
      reasons: evidence.reasons(rowCount: rowCount))
  }

  /// The column as values of a kind that all cells are of.
  func column(as kind: JSONEvidence.Kind, rowCount: Int, reasons: [MissingReason]) -> Column {
    let cells = self.cells + Array(repeating: nil, count: rowCount - self.cells.count)
    let leftOut = UInt8(reasons.count)
    let codes = cells.map { cell -> UInt8 in
      switch cell {
      case .null?: 1
      case nil: leftOut
      default: 0
      }
    }
    let missing = MissingCells(reasons: reasons, codes: codes.contains { $0 != 0 } ? codes : [])
    let (values, form) = values(cells, kind)
    return Column(name: name, values: values, missing: missing, form: form)
  }

  private func values(
    _ cells: [JSONCell?], _ kind: JSONEvidence.Kind
  ) -> (ColumnValues, WrittenForm) {
    switch kind {
    case .booleans:
      (.booleans(cells.map { $0 == .boolean(true) }), .boolean(true: "true", false: "false"))
    case .wholeNumbers:
      (
        .wholeNumbers(cells.map { if case .whole(let value)? = $0 { value } else { 0 } }),
        .number(NumberForm())
      )
    case .numbers(let form): (.numbers(cells.map(Self.number)), .number(form))
    case .dates:
      (
        .dates(cells.map { Int32(Self.moment($0)?.days ?? 0) }), .calendar(pattern: "yyyy-MM-dd")
      )
    case .dateTimes(let pattern):
      (
        .dateTimes(
          cells.map { cell in
            Self.moment(cell).map { Int64($0.days) * 86_400_000_000 + $0.microseconds } ?? 0
          }), .calendar(pattern: pattern)
      )
    case .texts: texts(cells)
    }
  }

  private static func number(_ cell: JSONCell?) -> Double {
    switch cell {
    case .whole(let value)?: Double(value)
    case .number(let value)?: value
    default: 0
    }
  }

  private static func moment(_ cell: JSONCell?) -> ISOMoment? {
    if case .text(let text)? = cell { ISOMoment(text) } else { nil }
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
