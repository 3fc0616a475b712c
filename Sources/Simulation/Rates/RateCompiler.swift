// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables

/// Turns an expression of numbers into a ``RateProgram``, checking names, calls and types.
struct RateCompiler {
  /// The names a formula may use, in the order of the state.
  let names: [String]
  private let indices: [String: Int]
  private var program = RateProgram()
  private var height = 0

  private static let unary: [String: RateProgram.Operation] = [
    "exp": .exp, "log": .log, "sqrt": .sqrt, "abs": .abs, "floor": .floor, "ceil": .ceil,
  ]

  private static let operators: [Expression.Operator: RateProgram.Operation] = [
    .plus: .add, .minus: .subtract, .times: .multiply, .divided: .divide, .rest: .remainder,
    .power: .power, .equal: .equal, .different: .different, .less: .less, .atMost: .atMost,
    .greater: .greater, .atLeast: .atLeast, .and: .and, .or: .or,
  ]

  init(names: [String]) {
    self.names = names
    indices = Dictionary(
      names.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  /// The program of a formula that must be a number.
  func program(of expression: Expression) throws(DataError) -> RateProgram {
    var compiler = self
    guard try compiler.add(expression) == .number else {
      throw Self.error(expression, "the rate is a condition, not a number", "Use `if(c, a, b)`.")
    }
    return compiler.program
  }

  /// The program of a formula that must be true or false; true is 1.
  func condition(of expression: Expression) throws(DataError) -> RateProgram {
    var compiler = self
    try compiler.add(expression, as: .truth)
    return compiler.program
  }

  private enum Kind { case number, truth }

  private static func error(
    _ expression: Expression, _ message: String, _ remedy: String
  ) -> DataError {
    expression.place.error(message, remedy: remedy)
  }

  private mutating func emit(_ operation: RateProgram.Operation, _ change: Int) {
    program.steps.append(RateProgram.Step(operation: operation))
    height += change
    program.depth = max(program.depth, height)
  }

  private mutating func emit(constant: Double) {
    program.steps.append(RateProgram.Step(operation: .constant, constant: constant))
    height += 1
    program.depth = max(program.depth, height)
  }

  private mutating func add(_ expression: Expression, as kind: Kind) throws(DataError) {
    guard try add(expression) == kind else {
      throw Self.error(
        expression, kind == .number ? "a number is needed here" : "a condition is needed here",
        kind == .number ? "Use `if(c, a, b)`." : "Compare the number with something, as `x > 0`.")
    }
  }

  private mutating func add(_ expression: Expression) throws(DataError) -> Kind {
    switch expression.kind {
    case .literal(.number(let value)): emit(constant: value)
    case .literal(.whole(let value)): emit(constant: Double(value))
    case .literal(.boolean(let value)):
      emit(constant: value ? 1 : 0)
      return .truth
    case .name(let path): try add(name: path.joined(separator: "."), expression)
    case .negative(let inner):
      try add(inner, as: .number)
      emit(.negate, 0)
    case .not(let inner):
      try add(inner, as: .truth)
      emit(.not, 0)
      return .truth
    case .binary(let sign, let left, let right):
      let isLogic = sign == .and || sign == .or
      try add(left, as: isLogic ? .truth : .number)
      try add(right, as: isLogic ? .truth : .number)
      if let operation = Self.operators[sign] { emit(operation, -1) }
      let isArithmetic = [.plus, .minus, .times, .divided, .rest, .power].contains(sign)
      return isArithmetic ? .number : .truth
    case .call(let name, let arguments):
      try add(call: name, arguments.map(\.value), expression)
    default:
      throw Self.error(
        expression, "rates are made of numbers, names, operators and calls",
        "Take this out of the rate.")
    }
    return .number
  }

  private mutating func add(name: String, _ expression: Expression) throws(DataError) {
    guard let index = indices[name] else {
      throw Self.error(
        expression, "unknown name `\(name)`", Suggestion.remedy(for: name, among: names))
    }
    program.steps.append(RateProgram.Step(operation: .variable, index: Int32(index)))
    height += 1
    program.depth = max(program.depth, height)
  }

  private mutating func add(
    call name: String, _ arguments: [Expression], _ expression: Expression
  ) throws(DataError) {
    if let operation = Self.unary[name], arguments.count == 1 {
      try add(arguments[0], as: .number)
      return emit(operation, 0)
    }
    if name == "if", arguments.count == 3 {
      try add(arguments[0], as: .truth)
      try add(arguments[1], as: .number)
      try add(arguments[2], as: .number)
      return emit(.choose, -2)
    }
    if name == "min" || name == "max", arguments.count >= 2 {
      try add(arguments[0], as: .number)
      for argument in arguments.dropFirst() {
        try add(argument, as: .number)
        emit(name == "min" ? .min : .max, -1)
      }
      return
    }
    let known = Self.unary.keys.sorted() + ["if", "max", "min"]
    guard known.contains(name) else {
      throw Self.error(
        expression, "rates have no function `\(name)`", Suggestion.remedy(for: name, among: known))
    }
    throw Self.error(
      expression, "`\(name)` takes another number of arguments",
      "Write `\(name == "if" ? "if(c, a, b)" : name == "min" || name == "max" ? "\(name)(a, b)" : "\(name)(x)")`."
    )
  }
}
