// SPDX-License-Identifier: Apache-2.0
import Tables

extension FormulaCompiler {
  /// A comparison of two operands of one type.
  func comparison(
    _ sign: Expression.Operator, _ left: CompiledPart, _ right: CompiledPart
  ) throws(DataError) -> CompiledPart {
    for part in [left, right] where part.literal == .missing {
      throw part.error(
        "a comparison with `missing` is always missing", "Write `is_missing(x)`.")
    }
    let place = left.place
    switch (left.type, right.type) {
    case (.number, .number), (.number, .whole), (.whole, .number):
      return CompiledPart(.boolean, at: place) { frame in
        Self.compare(left.evaluate(frame), right.evaluate(frame), sign, \.numbers)
      }
    case (.whole, .whole), (.date, .date), (.dateTime, .dateTime), (.time, .time),
      (.duration, .duration):
      return CompiledPart(.boolean, at: place) { frame in
        Self.compare(left.evaluate(frame), right.evaluate(frame), sign, \.wholes)
      }
    case (.boolean, .boolean):
      guard sign == .equal || sign == .different else {
        throw place.error("truth values have no order", remedy: "Use `==`, `!=`, `and` or `not`.")
      }
      return CompiledPart(.boolean, at: place) { frame in
        Self.compare(left.evaluate(frame), right.evaluate(frame), sign, \.bits)
      }
    case (.text, .text):
      return CompiledPart(.boolean, at: place) { frame in
        Self.compareTexts(left.evaluate(frame), right.evaluate(frame), sign)
      }
    case (.category(let set), _) where right.literal != nil:
      return try levelComparison(sign, left, set, right, isSwapped: false)
    case (_, .category(let set)) where left.literal != nil:
      return try levelComparison(sign, right, set, left, isSwapped: true)
    case (.category(let first), .category(let second)):
      return try categoryComparison(sign, left, first, right, second)
    case (.missing, _), (_, .missing):
      return CompiledPart(.boolean, at: place) { _ in ValueVector.missingConstant }
    default:
      throw place.error(
        "\(left.type.words) is compared with \(right.type.words)",
        remedy: Self.comparisonAdvice(left, right))
    }
  }

  private static func comparisonAdvice(_ left: CompiledPart, _ right: CompiledPart) -> String {
    let types = [left.type, right.type]
    if types.contains(.date), types.contains(.text) {
      return "Write the date without quotes, as 2027-04-01."
    }
    if types.contains(.date), types.contains(.dateTime) { return "Write `date(x)` for the day." }
    if types.contains(.text), types.contains(where: \.isCategory) {
      return "Write `label(x)` or `text(x)` for the text of a level."
    }
    if types.contains(.text), types.contains(where: \.isNumeric) {
      if case .text = left.literal { return "Take the quotes from the number." }
      if case .text = right.literal { return "Take the quotes from the number." }
      return "Put the number into quotes, or write `number(x)`."
    }
    if types.contains(.duration) { return "Write `days(30)` for a duration of 30 days." }
    if types.contains(.date), types.contains(where: \.isNumeric) {
      return "Write `year(x)`, or a date such as 2027-04-01."
    }
    if types.contains(.boolean) { return "Use the condition itself, without comparing it." }
    return "Compare values of one type; `number(x)` and `text(x)` convert."
  }

  // MARK: Categories

  private func levelComparison(
    _ sign: Expression.Operator, _ value: CompiledPart, _ set: LevelSet, _ other: CompiledPart,
    isSwapped: Bool
  ) throws(DataError) -> CompiledPart {
    let name: String
    switch other.literal {
    case .text(let text): name = text
    case .whole(let number): name = String(number)
    case .number(let number): name = String(number)
    default:
      throw other.error(
        "a category is compared with \(other.type.words)",
        "Write a label of the category in quotes.")
    }
    if set.isClosed, set.index(of: name) == nil {
      throw other.error(
        "there is no level '\(name)' in this category",
        Self.levelAdvice(name, set))
    }
    if sign != .equal, sign != .different { try requireOrder(set, value.place) }
    let applied = isSwapped ? Self.mirrored(sign) : sign
    return CompiledPart(.boolean, at: value.place) { frame in
      let vector = value.evaluate(frame)
      guard case .levels(let codes, let levels) = vector.values else {
        return ValueVector.missingConstant
      }
      let wanted = levels.index(of: name) ?? -1
      var result = vector
      result.values = .booleans(codes.map { Self.holds(applied, Int($0), wanted) })
      return result
    }
  }

  static func levelAdvice(_ name: String, _ set: LevelSet) -> String {
    let names = set.names
    let near = Suggestion.nearest(to: name, among: names)
    if !near.isEmpty {
      return "Did you mean " + near.map { "'\($0)'" }.joined(separator: " or ") + "?"
    }
    let shown = (0..<min(set.codes.count, 12)).map { "'\(set.label(at: $0))'" }
    return "Use one of \(shown.joined(separator: ", "))\(set.codes.count > 12 ? " …" : "")."
  }

  private func requireOrder(_ set: LevelSet, _ place: SourcePlace) throws(DataError) {
    guard set.isOrdered else {
      throw place.error(
        "the levels of this category have no order",
        remedy: "Use `in [a, b]`, or declare the kind `ordered category` with its values in order.")
    }
  }

  private func categoryComparison(
    _ sign: Expression.Operator, _ left: CompiledPart, _ first: LevelSet, _ right: CompiledPart,
    _ second: LevelSet
  ) throws(DataError) -> CompiledPart {
    if sign != .equal, sign != .different {
      try requireOrder(first, left.place)
      guard first.codes == second.codes else {
        throw left.error(
          "two categories with different levels are put in order", "Compare them by `==` only.")
      }
    }
    return CompiledPart(.boolean, at: left.place) { frame in
      let one = left.evaluate(frame)
      let other = right.evaluate(frame)
      let count = ValueVector.resultCount(one, other)
      guard case .levels(let codes, let levels) = one.values,
        case .levels(let otherCodes, let otherLevels) = other.values
      else { return ValueVector.missingConstant }
      let places = otherLevels.codes.map { levels.index(of: $0) ?? -1 }
      let results = ValueVector.zip(codes, one.mask, otherCodes, other.mask, count) {
        Self.holds(sign, Int($0), places[Int($1)])
      }
      return ValueVector(
        .booleans(results), missing: ValueVector.missing(one, other, count: count),
        isConstant: one.isConstant && other.isConstant)
    }
  }

  // MARK: Loops

  static func mirrored(_ sign: Expression.Operator) -> Expression.Operator {
    switch sign {
    case .less: .greater
    case .atMost: .atLeast
    case .greater: .less
    case .atLeast: .atMost
    default: sign
    }
  }

  @inline(__always)
  static func holds<Value: Comparable>(
    _ sign: Expression.Operator, _ left: Value, _ right: Value
  ) -> Bool {
    switch sign {
    case .equal: left == right
    case .different: left != right
    case .less: left < right
    case .atMost: left <= right
    case .greater: left > right
    case .atLeast: left >= right
    default: false
    }
  }

  static func compare<Value: Comparable>(
    _ first: ValueVector, _ second: ValueVector, _ sign: Expression.Operator,
    _ list: (ValueVector) -> [Value]
  ) -> ValueVector {
    let count = ValueVector.resultCount(first, second)
    let one = list(first)
    let other = list(second)
    let results: [Bool]
    switch sign {
    case .equal: results = ValueVector.zip(one, first.mask, other, second.mask, count, ==)
    case .different: results = ValueVector.zip(one, first.mask, other, second.mask, count, !=)
    case .less: results = ValueVector.zip(one, first.mask, other, second.mask, count, <)
    case .atMost: results = ValueVector.zip(one, first.mask, other, second.mask, count, <=)
    case .greater: results = ValueVector.zip(one, first.mask, other, second.mask, count, >)
    default: results = ValueVector.zip(one, first.mask, other, second.mask, count, >=)
    }
    return ValueVector(
      .booleans(results), missing: ValueVector.missing(first, second, count: count),
      isConstant: first.isConstant && second.isConstant)
  }

  /// Texts compare by code point.
  static func compareTexts(
    _ first: ValueVector, _ second: ValueVector, _ sign: Expression.Operator
  ) -> ValueVector {
    let count = ValueVector.resultCount(first, second)
    let (codes, pool) = first.texts
    let (otherCodes, otherPool) = second.texts
    let missing = ValueVector.missing(first, second, count: count)
    let isConstant = first.isConstant && second.isConstant
    func order(_ index: Int, _ other: Int) -> Int {
      let one = pool.bytes[pool.range(of: index)]
      let two = otherPool.bytes[otherPool.range(of: other)]
      // UTF-8 bytes sort as code points do.
      if one.elementsEqual(two) { return 0 }
      return one.lexicographicallyPrecedes(two) ? -1 : 1
    }
    let results: [Bool]
    if second.isConstant, !first.isConstant, pool.count <= count {
      let wanted = Int(otherCodes[0])
      let answers = pool.indices.map { holds(sign, order($0, wanted), 0) }
      results = codes.map { Int($0) < answers.count && answers[Int($0)] }
    } else {
      results = ValueVector.zip(codes, first.mask, otherCodes, second.mask, count) {
        guard Int($0) < pool.count, Int($1) < otherPool.count else { return false }
        return holds(sign, order(Int($0), Int($1)), 0)
      }
    }
    return ValueVector(.booleans(results), missing: missing, isConstant: isConstant)
  }
}

extension ValueVector {
  /// Truth values as 0 and 1.
  var bits: [Int64] { booleans.map { $0 ? 1 : 0 } }
}
