// SPDX-License-Identifier: Apache-2.0
import Tables

extension FormulaCompiler {
  /// `and` and `or` in three values: what one operand decides, a missing other cannot change.
  ///
  /// ## Source
  /// Kleene, "Introduction to Metamathematics" (1952), section 64, the strong tables.
  func logic(
    _ sign: Expression.Operator, _ left: CompiledPart, _ right: CompiledPart
  ) throws(DataError) -> CompiledPart {
    let left = try condition(left, of: sign.rawValue)
    let right = try condition(right, of: sign.rawValue)
    /// The value that decides: false for `and`, true for `or`.
    let decisive = sign == .or
    return CompiledPart(.boolean, at: left.place) { frame in
      Self.logic(left.evaluate(frame), right.evaluate(frame), decisive: decisive)
    }
  }

  static func logic(_ first: ValueVector, _ second: ValueVector, decisive: Bool) -> ValueVector {
    let count = ValueVector.resultCount(first, second)
    let values = ValueVector.zip(
      first.booleans, first.mask, second.booleans, second.mask, count
    ) { decisive ? $0 || $1 : $0 && $1 }
    var result = ValueVector(
      .booleans(values), isConstant: first.isConstant && second.isConstant)
    if first.missing.codes.isEmpty, second.missing.codes.isEmpty { return result }
    var missing = ValueVector.missing(first, second, count: count)
    let one = first.booleans
    let other = second.booleans
    var decided = values
    for row in 0..<count where missing.codes[row] != 0 {
      let isDecided =
        (!first.isMissing(at: row) && one[row & first.mask] == decisive)
        || (!second.isMissing(at: row) && other[row & second.mask] == decisive)
      if isDecided {
        missing.codes[row] = 0
        decided[row] = decisive
      }
    }
    result.values = .booleans(decided)
    result.missing = missing
    return result
  }

  /// `x in [a, b]`: equal to any of them.
  func membership(_ value: Expression, _ list: [Expression]) throws(DataError) -> CompiledPart {
    let value = try compile(value)
    var tests: [CompiledPart] = []
    for entry in list {
      let part = try compile(entry)
      guard part.literal != .missing else {
        throw part.error(
          "nothing equals `missing`", "Write `is_missing(x)` beside the list.")
      }
      tests.append(try comparison(.equal, value, part))
    }
    return CompiledPart(.boolean, at: value.place) { [tests] frame in
      var result = tests[0].evaluate(frame)
      for test in tests.dropFirst() {
        result = Self.logic(result, test.evaluate(frame), decisive: true)
      }
      return result
    }
  }
}
