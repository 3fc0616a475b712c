// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables

/// Puts formulas of a life model into the language of formulas: scales and values of periods before.
struct LifeExpression {
  /// The marginal scales in force.
  var scales: [String: MarginalScale] = [:]
  /// Parameters that have ended: their value is a number that is missing.
  var ended: Set<String> = []
  /// How far back each column of each name is asked for.
  private(set) var lags: [String: Int] = [:]

  /// The most periods back.
  private static let lagLimit = 100

  /// The name of a column some periods ago.
  static func name(_ column: String, back periods: Int) -> String { "\(column)[-\(periods)]" }

  mutating func rewritten(_ formula: Formula) throws(DataError) -> Formula {
    switch formula {
    case .value(let expression): .value(try rewritten(expression))
    case .draw(let call): .draw(try rewritten(call))
    }
  }

  mutating func rewritten(_ expression: Expression) throws(DataError) -> Expression {
    var result = expression
    switch expression.kind {
    case .literal: break
    case .name(let path):
      // No literal: rules that compare with it go on holding, as neither true nor false.
      if path.count == 1, ended.contains(path[0]) {
        return try Expression(parsing: "number('')", at: expression.place)
      }
    case .lag(let path, let offset):
      let periods = offset.magnitude
      guard let last = path.last, (1...UInt(Self.lagLimit)).contains(periods) else {
        throw expression.place.error(
          "a value of more than \(Self.lagLimit) periods ago is asked for",
          remedy: "Keep what is needed in a column of its own.")
      }
      lags[last] = max(lags[last] ?? 0, Int(periods))
      result.kind = .name(path.dropLast() + [Self.name(last, back: Int(periods))])
    case .negative(let operand): result.kind = .negative(try rewritten(operand))
    case .not(let operand): result.kind = .not(try rewritten(operand))
    case .binary(let sign, let left, let right):
      result.kind = .binary(sign, try rewritten(left), try rewritten(right))
    case .isIn(let value, let list):
      result.kind = .isIn(try rewritten(value), try rewritten(list))
    case .isBetween(let value, let low, let high):
      result.kind = .isBetween(try rewritten(value), try rewritten(low), try rewritten(high))
    case .list(let list): result.kind = .list(try rewritten(list))
    case .call("scale", let arguments): return try scale(arguments, at: expression.place)
    case .call(let name, var arguments):
      // The name of a look-up table is no column.
      for index in arguments.indices where name != "table" || index > 0 {
        arguments[index].value = try rewritten(arguments[index].value)
      }
      result.kind = .call(name, arguments)
    }
    return result
  }

  private mutating func rewritten(_ list: [Expression]) throws(DataError) -> [Expression] {
    var result: [Expression] = []
    for item in list { result.append(try rewritten(item)) }
    return result
  }

  private mutating func scale(
    _ arguments: [Expression.Argument], at place: SourcePlace
  ) throws(DataError) -> Expression {
    guard arguments.count == 2, case .name(let path) = arguments[0].value.kind, path.count == 1
    else {
      throw place.error(
        "`scale` takes the name of a scale and an amount", remedy: "Write `scale(rates, income)`.")
    }
    guard let scale = scales[path[0]] else {
      throw arguments[0].value.place.error(
        "there is no scale `\(path[0])`",
        remedy: Suggestion.remedy(
          for: path[0], among: scales.keys.sorted(),
          otherwise: "Add it under `parameters:`, as `{brackets: [[0, 0.1], [12000, 0.2]]}`."))
    }
    let amount = try rewritten(arguments[1].value)
    return try Expression(parsing: scale.formula, at: place).replacing("x", by: amount, at: place)
  }
}

extension Expression {
  /// The expression with another one wherever a name stood, and one place for all of it.
  func replacing(_ name: String, by other: Expression, at place: SourcePlace) -> Expression {
    var result = self
    result.place = place
    func inner(_ part: Expression) -> Expression { part.replacing(name, by: other, at: place) }
    switch kind {
    case .name(let path) where path == [name]: return other
    case .literal, .name, .lag: break
    case .negative(let operand): result.kind = .negative(inner(operand))
    case .not(let operand): result.kind = .not(inner(operand))
    case .binary(let sign, let left, let right):
      result.kind = .binary(sign, inner(left), inner(right))
    case .isIn(let value, let list): result.kind = .isIn(inner(value), list.map(inner))
    case .isBetween(let value, let low, let high):
      result.kind = .isBetween(inner(value), inner(low), inner(high))
    case .list(let list): result.kind = .list(list.map(inner))
    case .call(let function, var arguments):
      for index in arguments.indices { arguments[index].value = inner(arguments[index].value) }
      result.kind = .call(function, arguments)
    }
    return result
  }

  /// The names of columns and tables in an expression; that of a look-up table is none.
  var words: Set<String> {
    switch kind {
    case .literal: []
    case .name(let path), .lag(let path, _): Set(path)
    case .negative(let operand), .not(let operand): operand.words
    case .binary(_, let left, let right): left.words.union(right.words)
    case .isIn(let value, let list): list.reduce(value.words) { $0.union($1.words) }
    case .isBetween(let value, let low, let high): value.words.union(low.words).union(high.words)
    case .list(let list): list.reduce([]) { $0.union($1.words) }
    case .call(let name, let arguments):
      arguments.dropFirst(name == "table" ? 1 : 0).reduce([]) { $0.union($1.value.words) }
    }
  }
}
