// SPDX-License-Identifier: Apache-2.0
import Tables

/// A cell that somebody typed, or that a scenario or a design asks for.
enum GivenValue: Hashable, Sendable {
  case missing
  case number(Double)
  case whole(Int64)
  case boolean(Bool)
  case text(String)
  case days(Int32)
  case microseconds(Int64)

  /// The value of a made column in a row.
  init(_ column: Column, row: Int) {
    guard !column.missing.isMissing(at: row) else {
      self = .missing
      return
    }
    switch column.values {
    case .numbers(let list): self = .number(list[row])
    case .wholeNumbers(let list): self = .whole(list[row])
    case .booleans(let list): self = .boolean(list[row])
    case .texts(let codes, let pool): self = .text(pool[Int(codes[row])])
    case .dates(let list): self = .days(list[row])
    case .times(let list), .dateTimes(let list): self = .microseconds(list[row])
    }
  }

  /// Puts values into the rows of a column, which are of its type.
  static func put(_ given: [Int: GivenValue], into column: inout Column) {
    guard !given.isEmpty else { return }
    let rows = given.sorted { $0.key < $1.key }
    switch column.values {
    case .numbers(var list):
      for (row, value) in rows { if case .number(let value) = value { list[row] = value } }
      column.values = .numbers(list)
    case .wholeNumbers(var list):
      for (row, value) in rows { if case .whole(let value) = value { list[row] = value } }
      column.values = .wholeNumbers(list)
    case .booleans(var list):
      for (row, value) in rows { if case .boolean(let value) = value { list[row] = value } }
      column.values = .booleans(list)
    case .dates(var list):
      for (row, value) in rows { if case .days(let value) = value { list[row] = value } }
      column.values = .dates(list)
    case .times(var list):
      for (row, value) in rows { if case .microseconds(let value) = value { list[row] = value } }
      column.values = .times(list)
    case .dateTimes(var list):
      for (row, value) in rows { if case .microseconds(let value) = value { list[row] = value } }
      column.values = .dateTimes(list)
    case .texts(var codes, var pool):
      var known: [String: UInt32] = [:]
      // Levels keep their places; a pool of one text a row is searched by nobody.
      if pool.count <= 1000 {
        for (place, text) in pool.texts.enumerated() where known[text] == nil {
          known[text] = UInt32(place)
        }
      }
      for (row, value) in rows {
        guard case .text(let text) = value else { continue }
        if known[text] == nil {
          known[text] = UInt32(pool.count)
          pool.append(text)
        }
        codes[row] = known[text] ?? 0
      }
      column.values = .texts(codes: codes, pool: pool)
    }
    mark(rows, in: &column)
  }

  private static func mark(_ rows: [(key: Int, value: GivenValue)], in column: inout Column) {
    guard !column.missing.codes.isEmpty || rows.contains(where: { $0.value == .missing }) else {
      return
    }
    var reasons = column.missing.reasons
    var codes = column.missing.codes
    if codes.isEmpty { codes = [UInt8](repeating: 0, count: column.count) }
    let empty = MissingReason(code: "")
    if !reasons.contains(empty), reasons.count < 255 { reasons.append(empty) }
    let code = UInt8((reasons.firstIndex(of: empty) ?? 0) + 1)
    for (row, value) in rows { codes[row] = value == .missing ? code : 0 }
    column.missing = MissingCells(reasons: reasons, codes: codes)
  }
}
