// SPDX-License-Identifier: Apache-2.0

/// The distinct values of a column, numbered by first appearance, and the number of each row's value.
public struct DistinctValues: Sendable {
  /// The number of the value of each row; means nothing where the row is missing.
  public let codes: [UInt32]
  /// How many distinct values there are; a few may belong to missing rows only.
  public let count: Int
  private let distinct: ColumnValues

  /// Numbers the values of a column.
  public init(_ column: Column) {
    switch column.values {
    case .texts(let codes, let pool):
      self.codes = codes
      count = pool.count
      distinct = column.values
    case .wholeNumbers(let values):
      let (codes, distinct) = Self.number(values)
      self.codes = codes
      count = distinct.count
      self.distinct = .wholeNumbers(distinct)
    case .numbers(let values):
      let (codes, distinct) = Self.number(values)
      self.codes = codes
      count = distinct.count
      self.distinct = .numbers(distinct)
    case .dates(let values):
      let (codes, distinct) = Self.number(values)
      self.codes = codes
      count = distinct.count
      self.distinct = .dates(distinct)
    case .times(let values):
      let (codes, distinct) = Self.number(values)
      self.codes = codes
      count = distinct.count
      self.distinct = .times(distinct)
    case .dateTimes(let values):
      let (codes, distinct) = Self.number(values)
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

  private static func number<Value: Hashable>(_ values: [Value]) -> ([UInt32], [Value]) {
    var numbers: [Value: UInt32] = [:]
    var distinct: [Value] = []
    var codes: [UInt32] = []
    codes.reserveCapacity(values.count)
    var last: (value: Value, code: UInt32)?
    for value in values {
      if let last, last.value == value {
        codes.append(last.code)
        continue
      }
      let code: UInt32
      if let known = numbers[value] {
        code = known
      } else {
        code = UInt32(distinct.count)
        numbers[value] = code
        distinct.append(value)
      }
      codes.append(code)
      last = (value, code)
    }
    return (codes, distinct)
  }
}
