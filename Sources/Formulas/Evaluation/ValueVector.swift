// SPDX-License-Identifier: Apache-2.0
import Tables

/// The values of an expression, a row each, or one value for all rows.
///
/// A place that is missing holds a placeholder.
struct ValueVector: Sendable {
  enum Values: Sendable {
    case numbers([Double])
    /// Whole numbers; days of dates; microseconds of date-times, times and durations.
    case wholes([Int64])
    case booleans([Bool])
    case texts([UInt32], TextPool)
    case levels([Int32], LevelSet)
  }

  var values: Values
  var missing: MissingCells
  /// Whether the only value stands for every row.
  var isConstant: Bool

  init(_ values: Values, missing: MissingCells = .none, isConstant: Bool = false) {
    self.values = values
    self.missing = missing
    self.isConstant = isConstant
  }

  /// The number of stored values: 1 for a constant.
  var count: Int {
    switch values {
    case .numbers(let list): list.count
    case .wholes(let list): list.count
    case .booleans(let list): list.count
    case .texts(let list, _): list.count
    case .levels(let list, _): list.count
    }
  }

  /// A row's place in the storage, by `row & mask`.
  var mask: Int { isConstant ? 0 : -1 }

  func isMissing(at row: Int) -> Bool {
    !missing.codes.isEmpty && missing.codes[row & mask] != 0
  }

  static func constant(_ literal: Expression.Literal) -> ValueVector {
    switch literal {
    case .number(let value): ValueVector(.numbers([value]), isConstant: true)
    case .whole(let value): ValueVector(.wholes([value]), isConstant: true)
    case .date(let days): ValueVector(.wholes([Int64(days)]), isConstant: true)
    case .text(let text): ValueVector(.texts([0], TextPool([text])), isConstant: true)
    case .boolean(let value): ValueVector(.booleans([value]), isConstant: true)
    case .missing: missingConstant
    }
  }

  /// `missing`, as a placeholder of no type in particular.
  static var missingConstant: ValueVector {
    ValueVector(
      .wholes([0]), missing: MissingCells(reasons: [MissingReason(code: "")], codes: [1]),
      isConstant: true)
  }

  // MARK: Reading as one type; a vector of `missing` alone reads as any

  var numbers: [Double] {
    switch values {
    case .numbers(let list): list
    case .wholes(let list): list.map { Double($0) }
    default: Array(repeating: 0, count: count)
    }
  }

  var wholes: [Int64] {
    if case .wholes(let list) = values { return list }
    return Array(repeating: 0, count: count)
  }

  var booleans: [Bool] {
    if case .booleans(let list) = values { return list }
    return Array(repeating: false, count: count)
  }

  var texts: (codes: [UInt32], pool: TextPool) {
    if case .texts(let codes, let pool) = values { return (codes, pool) }
    return (Array(repeating: 0, count: count), TextPool([""]))
  }

  /// The value of a row, to look up or to group by.
  func key(at row: Int) -> LookupTable.Key {
    let place = row & mask
    guard missing.codes.isEmpty || missing.codes[place] == 0 else { return .missing }
    switch values {
    case .numbers(let list): return .number(list[place])
    case .wholes(let list): return .number(Double(list[place]))
    case .booleans(let list): return .flag(list[place])
    case .texts(let codes, let pool): return .text(pool[Int(codes[place])])
    case .levels(let codes, let set): return .text(set.codes[Int(codes[place])])
    }
  }

  /// The values of some rows; missing where the row is negative.
  func gathered(_ rows: [Int32], absent: MissingReason) -> ValueVector {
    var result: ValueVector
    let isEmpty = count == 0
    func pick<Value>(_ list: [Value], _ placeholder: Value) -> [Value] {
      rows.map { $0 < 0 || isEmpty ? placeholder : list[Int($0) & mask] }
    }
    switch values {
    case .numbers(let list): result = ValueVector(.numbers(pick(list, 0)))
    case .wholes(let list): result = ValueVector(.wholes(pick(list, 0)))
    case .booleans(let list): result = ValueVector(.booleans(pick(list, false)))
    case .texts(let list, let pool):
      result = ValueVector(.texts(pick(list, 0), pool.count > 0 ? pool : TextPool([""])))
    case .levels(let list, let set): result = ValueVector(.levels(pick(list, 0), set))
    }
    guard !missing.codes.isEmpty || rows.contains(where: { $0 < 0 }) else { return result }
    var reasons = missing.reasons
    let absentCode: UInt8
    if let known = reasons.firstIndex(of: absent) {
      absentCode = UInt8(known + 1)
    } else if reasons.count < 255 {
      reasons.append(absent)
      absentCode = UInt8(reasons.count)
    } else {
      absentCode = 255
    }
    let codes = rows.map { row -> UInt8 in
      row < 0 ? absentCode : (missing.codes.isEmpty ? 0 : missing.codes[Int(row) & mask])
    }
    result.missing = MissingCells(reasons: reasons, codes: codes)
    return result
  }

  /// The same values, one a row.
  func spread(over count: Int) -> ValueVector {
    guard isConstant else { return self }
    return gathered(
      Array(repeating: 0, count: count), absent: MissingReason(code: ""))
  }
}
