// SPDX-License-Identifier: Apache-2.0
import Tables

/// Checks the types of an expression and makes it ready to be evaluated, column at a time.
struct FormulaCompiler {
  let scope: FormulaScope
  /// The table whose rows the expression is about.
  let table: Int
  /// Whether the rows are those of the formula's own table, and no parent's or child's.
  var isOwnRow = true
  /// Notes the columns that are named.
  var notes: ReferenceNotes?

  func compile(_ expression: Expression) throws(DataError) -> CompiledPart {
    switch expression.kind {
    case .literal(let literal): return Self.constant(literal, at: expression.place)
    case .name(let path): return try name(path, at: expression.place)
    case .lag(let path, let periods): return try lag(path, periods, at: expression.place)
    case .negative(let operand): return try negative(operand, at: expression.place)
    case .not(let operand): return try not(operand, at: expression.place)
    case .binary(let sign, let left, let right):
      let left = try compile(left)
      let right = try compile(right)
      switch sign {
      case .or, .and: return try logic(sign, left, right)
      case .plus, .minus, .times, .divided, .rest, .power: return try arithmetic(sign, left, right)
      default: return try comparison(sign, left, right)
      }
    case .isIn(let value, let list): return try membership(value, list)
    case .isBetween(let value, let low, let high):
      let value = try compile(value)
      return try logic(
        .and, try comparison(.atLeast, value, try compile(low)),
        try comparison(.atMost, value, try compile(high)))
    case .list:
      throw expression.error(
        "a list stands where only one value may", remedy: "Lists follow `in`: `x in [1, 2]`.")
    case .call(let name, let arguments):
      return try call(name, arguments, at: expression.place)
    }
  }

  static func constant(_ literal: Expression.Literal, at place: SourcePlace) -> CompiledPart {
    let type: FormulaType
    switch literal {
    case .number: type = .number
    case .whole: type = .whole
    case .date: type = .date
    case .text: type = .text
    case .boolean: type = .boolean
    case .missing: type = .missing
    }
    let vector = ValueVector.constant(literal)
    return CompiledPart(type, at: place, literal: literal) { _ in vector }
  }

  // MARK: Signs before one operand

  private func negative(
    _ operand: Expression, at place: SourcePlace
  ) throws(DataError) -> CompiledPart {
    let operand = try compile(operand)
    switch (operand.type, operand.literal) {
    case (.whole, .whole(let value)):
      return Self.constant(.whole(value == .min ? value : -value), at: place)
    case (.number, .number(let value)): return Self.constant(.number(-value), at: place)
    case (.whole, _), (.duration, _):
      let evaluate = operand.evaluate
      return CompiledPart(operand.type, at: place) { frame in
        var vector = evaluate(frame)
        vector.values = .wholes(vector.wholes.map { $0 == .min ? 0 : -$0 })
        return vector
      }
    case (.number, _):
      let evaluate = operand.evaluate
      return CompiledPart(.number, at: place) { frame in
        var vector = evaluate(frame)
        vector.values = .numbers(vector.numbers.map { -$0 })
        return vector
      }
    case (.missing, _): return operand
    default:
      throw place.error(
        "`-` stands before \(operand.type.words)", remedy: Self.conversionAdvice(operand.type))
    }
  }

  private func not(_ operand: Expression, at place: SourcePlace) throws(DataError) -> CompiledPart {
    let operand = try condition(operand, of: "not")
    return CompiledPart(.boolean, at: place) { frame in
      var vector = operand.evaluate(frame)
      vector.values = .booleans(vector.booleans.map { !$0 })
      return vector
    }
  }

  // MARK: What arguments must be

  /// A part that must be true or false.
  func condition(_ expression: Expression, of what: String) throws(DataError) -> CompiledPart {
    try condition(try compile(expression), of: what)
  }

  func condition(_ part: CompiledPart, of what: String) throws(DataError) -> CompiledPart {
    guard part.type == .boolean || part.type == .missing else {
      throw part.error(
        "`\(what)` takes a condition, not \(part.type.words)",
        part.type == .whole || part.type == .number
          ? "Compare it with something, as `x != 0`." : "Compare it with something, as `x == 'a'`.")
    }
    return part
  }

  /// A part that must be a number.
  func numeric(_ part: CompiledPart, of what: String) throws(DataError) -> CompiledPart {
    guard part.type.isNumeric || part.type == .missing else {
      throw part.error(
        "`\(what)` takes a number, not \(part.type.words)", Self.conversionAdvice(part.type))
    }
    return part
  }

  static func conversionAdvice(_ type: FormulaType) -> String {
    switch type {
    case .text: "Write `number(x)` if the text spells a number."
    case .category: "Write `code(x)` for the number of a level, or compare the label in quotes."
    case .boolean: "Write `if(x, 1, 0)`."
    case .date, .dateTime: "Take a part of it, as `year(x)`, or a difference in `days(x - y)`."
    case .time: "Take a part of it, as `hour(x)`."
    case .duration: "Write `days(x)` for the number of days."
    case .number, .whole, .missing: "Use a number."
    }
  }
}
