// SPDX-License-Identifier: Apache-2.0
import Tables

/// Reads expressions by operator precedence.
///
/// ## Source
/// Pratt, "Top down operator precedence", POPL 1973.
struct ExpressionParser {
  /// The words that are no names.
  static let words: Set<String> = ["and", "or", "not", "in", "true", "false", "missing"]

  let source: FormulaSource
  private let tokens: [Token]
  private(set) var index = 0
  private var depth = 0

  init(_ source: FormulaSource) throws(DataError) {
    self.source = source
    tokens = try Lexer.tokens(of: source)
  }

  var token: Token { tokens[index] }

  /// The token after this one.
  var next: Token { tokens[min(index + 1, tokens.count - 1)] }

  mutating func advance() { index = min(index + 1, tokens.count - 1) }

  mutating func takes(_ sign: String) -> Bool {
    guard token.kind == .sign(sign) else { return false }
    advance()
    return true
  }

  func error(_ message: String, _ token: Token, _ remedy: String) -> DataError {
    source.error(message, at: token.offset, remedy: remedy)
  }

  /// The whole text as one expression.
  mutating func whole() throws(DataError) -> Expression {
    let expression = try self.expression()
    try expectEnd()
    return expression
  }

  func expectEnd() throws(DataError) {
    guard token.kind != .end else { return }
    switch token.kind {
    case .sign("="):
      throw error("`=` compares nothing", token, "Write `==` to compare.")
    case .sign(")"), .sign("]"):
      throw error("\(token.words) closes nothing", token, "Take it out, or open it before.")
    case .sign("~"):
      throw error(
        "a draw stands inside a formula", token, "Give the draw a column of its own, `~ …`.")
    case .name(let name):
      let known = ["and", "or", "not", "in"]
      let near = Suggestion.nearest(to: name, among: known)
      throw error(
        "an operator is missing before \(token.words)", token,
        near.isEmpty
          ? "Put an operator between the two, or quotes around a text."
          : "Did you mean `\(near[0])`?")
    default:
      throw error(
        "an operator is missing before \(token.words)", token, "Put an operator between the two.")
    }
  }

  // MARK: Precedence

  private static let precedence: [Expression.Operator: Int] = [
    .or: 1, .and: 2, .equal: 4, .different: 4, .less: 4, .atMost: 4, .greater: 4, .atLeast: 4,
    .plus: 5, .minus: 5, .times: 6, .divided: 6, .rest: 6, .power: 8,
  ]

  private var operatorAhead: Expression.Operator? {
    switch token.kind {
    case .sign(let sign): Expression.Operator(rawValue: sign)
    case .name("and"): .and
    case .name("or"): .or
    default: nil
    }
  }

  /// An expression whose operators bind at least as tightly as `minimum`.
  mutating func expression(_ minimum: Int = 0) throws(DataError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    try checkDepth()
    var left = try operand()
    let entry = depth
    defer { depth = entry }
    while true {
      if minimum <= 4, let membership = try membership(of: left) {
        left = membership
      } else if let sign = operatorAhead, let binding = Self.precedence[sign], binding >= minimum {
        advance()
        let right = try expression(sign == .power ? 7 : binding + 1)
        left = Expression(.binary(sign, left, right), at: left.place)
        if binding == 4, let next = operatorAhead, Self.precedence[next] == 4 {
          throw error(
            "comparisons do not chain", token, "Write `a < b and b < c`.")
        }
      } else {
        return left
      }
      // A chain of operators is as deep a tree as nested brackets are.
      depth += 1
      try checkDepth()
    }
  }

  private func checkDepth() throws(DataError) {
    guard depth <= FormulaLimits.depth else {
      throw error(
        "the formula is nested deeper than \(FormulaLimits.depth) levels", token,
        "Split it into several columns.")
    }
  }

  private mutating func membership(of value: Expression) throws(DataError) -> Expression? {
    var isNegated = false
    if token.kind == .name("not"), next.kind == .name("in") {
      isNegated = true
      advance()
    }
    guard token.kind == .name("in") else { return nil }
    advance()
    var result: Expression
    if takes("[") {
      result = Expression(.isIn(value, try list(after: "in")), at: value.place)
    } else {
      let low = try expression(5)
      guard takes("..") else {
        throw error(
          "`in` is followed by neither a list nor a range", token,
          "Write `in [a, b]` or `in 16..49`.")
      }
      let high = try expression(5)
      result = Expression(.isBetween(value, low, high), at: value.place)
    }
    if isNegated { result = Expression(.not(result), at: value.place) }
    return result
  }

  /// The entries of a list whose bracket was taken.
  mutating func list(after what: String) throws(DataError) -> [Expression] {
    var entries: [Expression] = []
    if takes("]") {
      throw error("the list is empty", tokens[index - 1], "Name at least one value in it.")
    }
    repeat {
      entries.append(try expression())
      guard entries.count <= FormulaLimits.listLength else {
        throw error(
          "the list has more than \(FormulaLimits.listLength) entries", token,
          "Put them into a table and use `table(name, x)`.")
      }
    } while takes(",")
    guard takes("]") else {
      throw error("the list is not closed before \(token.words)", token, "Close it with `]`.")
    }
    return entries
  }
}
