// SPDX-License-Identifier: Apache-2.0

/// The distinct values of a column, numbered by first appearance, and the number of each row's value.
public struct DistinctValues: Sendable {
  /// The number of the value of each row; means nothing where the row is missing.
  public let codes: [UInt32]
  /// How many distinct values there are; a few may belong to missing rows only.
  public let count: Int
  private let distinct: ColumnValues

  /// The distinct values in order of their numbers; texts come with the column's own pool.
  public var all: ColumnValues { distinct }

  /// Numbers the values of a column.
  public init(_ column: Column) {
    switch column.values {
    case .texts(let codes, let pool):
      self.codes = codes
      count = pool.count
      distinct = column.values
    case .wholeNumbers(let values):
      let (codes, distinct) = Self.numberWhole(values)
      self.codes = codes
      count = distinct.count
      self.distinct = .wholeNumbers(distinct)
    case .numbers(let values):
      // The two zeros are one value.
      let (codes, distinct) = Self.number(values) { $0 == 0 ? 0 : $0.bitPattern }
      self.codes = codes
      count = distinct.count
      self.distinct = .numbers(distinct)
    case .dates(let values):
      let (codes, distinct) = Self.numberWhole(values)
      self.codes = codes
      count = distinct.count
      self.distinct = .dates(distinct)
    case .times(let values):
      let (codes, distinct) = Self.numberWhole(values)
      self.codes = codes
      count = distinct.count
      self.distinct = .times(distinct)
    case .dateTimes(let values):
      let (codes, distinct) = Self.numberWhole(values)
      self.codes = codes
      count = distinct.count
      self.distinct = .dateTimes(distinct)
    case .booleans(let values):
      codes = values.map { $0 ? 1 : 0 }
      count = 2
      distinct = .booleans([false, true])
    }
  }

  /// The values of some numbers, stored as the column stores them; texts get a pool of their own.
  public func values(at numbers: [Int]) -> ColumnValues {
    switch distinct {
    case .texts(_, let pool):
      .texts(
        codes: numbers.indices.map { UInt32($0) }, pool: TextPool(numbers.map { pool[$0] }))
    case .wholeNumbers(let values): .wholeNumbers(numbers.map { values[$0] })
    case .numbers(let values): .numbers(numbers.map { values[$0] })
    case .dates(let values): .dates(numbers.map { values[$0] })
    case .times(let values): .times(numbers.map { values[$0] })
    case .dateTimes(let values): .dateTimes(numbers.map { values[$0] })
    case .booleans(let values): .booleans(numbers.map { values[$0] })
    }
  }

  /// Numbers whole numbers by first appearance; where they lie close together, each has a place of its
  /// own in a table, and where they rise, each is new.
  private static func numberWhole<Value: FixedWidthInteger & Sendable>(
    _ values: [Value]
  ) -> ([UInt32], [Value]) {
    guard var least = values.first else { return ([], []) }
    var most = least
    var last = least
    var isRising = true
    for value in values.dropFirst() {
      if value < least { least = value }
      if value > most { most = value }
      if value <= last { isRising = false }
      last = value
    }
    if isRising { return (values.indices.map { UInt32(truncatingIfNeeded: $0) }, values) }
    let (range, overflows) = most.subtractingReportingOverflow(least)
    guard !overflows, range <= Value(clamping: max(4096, 2 * values.count)) else {
      return number(values) { UInt64(truncatingIfNeeded: $0) }
    }
    var numbers = [UInt32](repeating: .max, count: Int(range) + 1)
    var distinct: [Value] = []
    let codes = values.map { value in
      let place = Int(value &- least)
      if numbers[place] == .max {
        numbers[place] = UInt32(distinct.count)
        distinct.append(value)
      }
      return numbers[place]
    }
    return (codes, distinct)
  }

  /// Numbers values by first appearance in a table of open addresses; equal values have equal bits.
  private static func number<Value>(
    _ values: [Value], bits: (Value) -> UInt64
  ) -> ([UInt32], [Value]) {
    var distinct: [Value] = []
    var keys: [UInt64] = []
    var slots = [UInt32](repeating: .max, count: 1024)
    let codes = [UInt32](unsafeUninitializedCapacity: values.count) { codes, count in
      for (row, value) in values.enumerated() {
        let key = bits(value)
        var slot = place(key, slots.count)
        while slots[slot] != .max, keys[Int(slots[slot])] != key {
          slot = (slot + 1) & (slots.count - 1)
        }
        if slots[slot] == .max {
          slots[slot] = UInt32(distinct.count)
          distinct.append(value)
          keys.append(key)
          codes.initializeElement(at: row, to: UInt32(distinct.count - 1))
          if distinct.count * 2 > slots.count { slots = grown(slots.count * 4, keys) }
        } else {
          codes.initializeElement(at: row, to: slots[slot])
        }
      }
      count = values.count
    }
    return (codes, distinct)
  }

  private static func grown(_ size: Int, _ keys: [UInt64]) -> [UInt32] {
    var slots = [UInt32](repeating: .max, count: size)
    for (number, key) in keys.enumerated() {
      var slot = place(key, size)
      while slots[slot] != .max { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt32(number)
    }
    return slots
  }

  @inline(__always)
  private static func place(_ key: UInt64, _ size: Int) -> Int {
    let product = key.multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    return Int(truncatingIfNeeded: product.high ^ product.low) & (size - 1)
  }
}
