// SPDX-License-Identifier: Apache-2.0
import Numerics
import Tables

extension FormulaCompiler {
  /// `+ - * / % ^` for numbers, and what dates and durations allow of it.
  func arithmetic(
    _ sign: Expression.Operator, _ left: CompiledPart, _ right: CompiledPart
  ) throws(DataError) -> CompiledPart {
    if left.type == .missing || right.type == .missing {
      let other = left.type == .missing ? right : left
      return CompiledPart(other.type, at: left.place) { _ in ValueVector.missingConstant }
    }
    if left.type.isNumeric, right.type.isNumeric { return numbers(sign, left, right) }
    switch (left.type, sign, right.type) {
    case (.date, .minus, .date):
      return wholes(.duration, left, right) { Self.product($0 - $1, DurationUnit.day) }
    case (.date, .plus, .duration):
      return wholes(.date, left, right) { Self.bounded($0, Self.floorDays($1)) }
    case (.date, .minus, .duration):
      return wholes(.date, left, right) { Self.bounded($0, -Self.floorDays($1)) }
    case (.duration, .plus, .date):
      return wholes(.date, left, right) { Self.bounded($1, Self.floorDays($0)) }
    case (.dateTime, .minus, .dateTime), (.duration, .minus, .duration), (.time, .minus, .time):
      return wholes(.duration, left, right, Self.difference)
    case (.dateTime, .minus, .duration): return wholes(.dateTime, left, right, Self.difference)
    case (.duration, .plus, .duration): return wholes(.duration, left, right, Self.sum)
    case (.dateTime, .plus, .duration), (.duration, .plus, .dateTime):
      return wholes(.dateTime, left, right, Self.sum)
    case (.duration, .times, .number), (.duration, .times, .whole):
      return scaled(left, right) { $0 * $1 }
    case (.number, .times, .duration), (.whole, .times, .duration):
      return scaled(right, left) { $0 * $1 }
    case (.duration, .divided, .number), (.duration, .divided, .whole):
      return scaled(left, right) { $0 / $1 }
    case (.duration, .divided, .duration):
      return CompiledPart(.number, at: left.place) { frame in
        Self.combine(left.evaluate(frame), right.evaluate(frame)) { $0 / $1 }
      }
    default: throw arithmeticError(sign, left, right)
    }
  }

  private func arithmeticError(
    _ sign: Expression.Operator, _ left: CompiledPart, _ right: CompiledPart
  ) -> DataError {
    let remedy: String
    let types = [left.type, right.type]
    if types.contains(.date) || types.contains(.dateTime),
      types.contains(where: \.isNumeric)
    {
      remedy = "Write `days(3)` for three days, as `x + days(3)`."
    } else if sign == .plus, types.contains(.text) {
      remedy = "Write `join(a, b)` to put texts together."
    } else {
      let odd = left.type.isNumeric ? right.type : left.type
      remedy = Self.conversionAdvice(odd)
    }
    return left.error(
      "`\(sign.rawValue)` stands between \(left.type.words) and \(right.type.words)", remedy)
  }

  // MARK: Numbers

  private func numbers(
    _ sign: Expression.Operator, _ left: CompiledPart, _ right: CompiledPart
  ) -> CompiledPart {
    if left.type == .whole, right.type == .whole {
      switch sign {
      case .plus: return wholes(.whole, left, right, Self.sum)
      case .minus: return wholes(.whole, left, right, Self.difference)
      case .times: return wholes(.whole, left, right, Self.product)
      case .rest: return wholes(.whole, left, right, Self.rest)
      default: break
      }
    }
    return CompiledPart(.number, at: left.place) { frame in
      let one = left.evaluate(frame)
      let other = right.evaluate(frame)
      switch sign {
      case .plus: return Self.combine(one, other, +)
      case .minus: return Self.combine(one, other, -)
      case .times: return Self.combine(one, other, *)
      case .divided: return Self.combine(one, other, /)
      case .rest: return Self.combine(one, other) { $0 - $1 * ($0 / $1).rounded(.down) }
      default: return Self.combine(one, other, Self.power)
      }
    }
  }

  @inline(__always)
  static func combine(
    _ first: ValueVector, _ second: ValueVector, _ body: (Double, Double) -> Double
  ) -> ValueVector {
    let count = ValueVector.resultCount(first, second)
    let values = ValueVector.zip(
      first.numbers, first.mask, second.numbers, second.mask, count, body)
    return ValueVector(
      .numbers(values), missing: ValueVector.missing(first, second, count: count),
      isConstant: first.isConstant && second.isConstant
    ).finite()
  }

  /// Powers on our own functions, so that they are the same bits on every platform.
  static func power(_ base: Double, _ exponent: Double) -> Double {
    if exponent == exponent.rounded(), exponent.magnitude <= 1024 {
      var result = 1.0
      var square = base
      var rest = Int(exponent.magnitude)
      while rest > 0 {
        if rest & 1 == 1 { result *= square }
        square *= square
        rest >>= 1
      }
      return exponent < 0 ? 1 / result : result
    }
    if base == 0 { return exponent > 0 ? 0 : .infinity }
    guard base > 0 else { return .nan }
    if exponent == 0.5 { return base.squareRoot() }
    return ElementaryFunctions.exp(exponent * ElementaryFunctions.log(base))
  }

  // MARK: Whole numbers, which turn missing rather than wrap around

  private func wholes(
    _ type: FormulaType, _ left: CompiledPart, _ right: CompiledPart,
    _ body: @escaping @Sendable (Int64, Int64) -> Int64?
  ) -> CompiledPart {
    CompiledPart(type, at: left.place) { frame in
      Self.combineWholes(left.evaluate(frame), right.evaluate(frame), body)
    }
  }

  static func combineWholes(
    _ first: ValueVector, _ second: ValueVector, _ body: (Int64, Int64) -> Int64?
  ) -> ValueVector {
    let count = ValueVector.resultCount(first, second)
    var undefined: [Int] = []
    let one = first.wholes
    let other = second.wholes
    var values: [Int64] = []
    values.reserveCapacity(count)
    for row in 0..<count {
      if let value = body(one[row & first.mask], other[row & second.mask]) {
        values.append(value)
      } else {
        values.append(0)
        undefined.append(row)
      }
    }
    var result = ValueVector(
      .wholes(values), missing: ValueVector.missing(first, second, count: count),
      isConstant: first.isConstant && second.isConstant)
    if !undefined.isEmpty {
      let rows = Set(undefined)
      result.mark(ValueVector.undefined) { rows.contains($0) }
    }
    return result
  }

  static let sum: @Sendable (Int64, Int64) -> Int64? = { first, second in
    let (value, overflow) = first.addingReportingOverflow(second)
    return overflow ? nil : value
  }

  static let difference: @Sendable (Int64, Int64) -> Int64? = { first, second in
    let (value, overflow) = first.subtractingReportingOverflow(second)
    return overflow ? nil : value
  }

  static let product: @Sendable (Int64, Int64) -> Int64? = { first, second in
    let (value, overflow) = first.multipliedReportingOverflow(by: second)
    return overflow ? nil : value
  }

  /// The rest that has the divisor's sign, so that `x % 7` is 0...6 for every x.
  static let rest: @Sendable (Int64, Int64) -> Int64? = { first, second in
    guard second != 0 else { return nil }
    guard second != -1 else { return 0 }
    let value = first % second
    return value != 0 && (value < 0) != (second < 0) ? value + second : value
  }

  static func floorDays(_ microseconds: Int64) -> Int64 {
    let days = microseconds / DurationUnit.day
    return microseconds % DurationUnit.day < 0 ? days - 1 : days
  }

  static func bounded(_ day: Int64, _ days: Int64) -> Int64? {
    let (value, overflow) = day.addingReportingOverflow(days)
    return !overflow && DurationUnit.days.contains(value) ? value : nil
  }

  private func scaled(
    _ duration: CompiledPart, _ factor: CompiledPart,
    _ body: @escaping @Sendable (Double, Double) -> Double
  ) -> CompiledPart {
    CompiledPart(.duration, at: duration.place) { frame in
      let result = Self.combine(duration.evaluate(frame), factor.evaluate(frame), body)
      return Self.rounded(result)
    }
  }

  /// Numbers as whole numbers; missing where none is near.
  static func rounded(_ vector: ValueVector) -> ValueVector {
    let list = vector.numbers
    var result = vector
    result.values = .wholes(list.map { abs($0) < 9.2e18 ? Int64($0.rounded()) : 0 })
    result.mark(ValueVector.undefined) { abs(list[$0]) >= 9.2e18 }
    return result
  }
}
