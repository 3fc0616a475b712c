// SPDX-License-Identifier: Apache-2.0
import Tables

extension ExpressionParser {
  /// A value, a name, a call, a bracket, or an operand with a sign before it.
  mutating func operand() throws(DataError) -> Expression {
    let first = token
    let place = source.place(at: first.offset)
    switch first.kind {
    case .whole(let value):
      advance()
      return Expression(.literal(.whole(value)), at: place)
    case .number(let value):
      advance()
      return Expression(.literal(.number(value)), at: place)
    case .date(let date):
      advance()
      return Expression(.literal(.date(date.daysSince1970)), at: place)
    case .text(let text):
      advance()
      return Expression(.literal(.text(text)), at: place)
    case .quotedName(let name):
      advance()
      return try path(from: name, at: place)
    case .name(let name): return try word(name, at: place)
    case .sign("("):
      advance()
      let inner = try expression()
      guard takes(")") else {
        throw error("the bracket is not closed before \(token.words)", token, closing(token))
      }
      return inner
    case .sign("["):
      advance()
      return Expression(.list(try list(after: "[")), at: place)
    case .sign("-"):
      advance()
      return Expression(.negative(try expression(7)), at: place)
    case .sign("+"):
      throw error("`+` has nothing before it", first, "Take it out.")
    case .sign("~"):
      throw error(
        "a draw stands where only values may", first,
        "Draws stand alone, as the whole of a column: `~ normal(mean = 0, sd = 1)`.")
    case .end:
      throw error(
        index == 0 ? "the formula is empty" : "the formula breaks off", first,
        "Write a value, a name or a call here.")
    case .sign(let sign):
      throw error(
        "a value is missing before `\(sign)`", first, "Write a value, a name or a call here.")
    }
  }

  private func closing(_ token: Token) -> String {
    token.kind == .sign("=") ? "Write `==` to compare." : "Close it with `)`."
  }

  private mutating func word(_ name: String, at place: SourcePlace) throws(DataError) -> Expression
  {
    let first = token
    advance()
    switch name {
    case "true": return Expression(.literal(.boolean(true)), at: place)
    case "false": return Expression(.literal(.boolean(false)), at: place)
    case "missing": return Expression(.literal(.missing), at: place)
    case "not": return Expression(.not(try expression(4)), at: place)
    case "and", "or", "in":
      throw error("`\(name)` has nothing before it", first, "Write a condition before it.")
    default: break
    }
    if token.kind == .sign("(") {
      advance()
      return Expression(.call(name, try arguments(of: name)), at: place)
    }
    return try path(from: name, at: place)
  }

  /// The rest of a dotted name, and a lag if one follows.
  private mutating func path(
    from name: String, at place: SourcePlace
  ) throws(DataError) -> Expression {
    var path = [name]
    while takes(".") {
      switch token.kind {
      case .name(let next), .quotedName(let next): path.append(next)
      default:
        throw error("a name is missing after `.`", token, "Write `table.column`.")
      }
      advance()
      guard path.count <= 8 else {
        throw error("the name has too many parts", token, "Go up by at most six parents.")
      }
    }
    guard token.kind == .sign("[") else { return Expression(.name(path), at: place) }
    let bracket = token
    advance()
    let isNegative = takes("-")
    guard case .whole(let periods) = token.kind, isNegative, (1...1_000_000).contains(periods)
    else {
      throw error(
        "the lag is no negative whole number", bracket,
        "Write `x[-1]` for the period before; lists follow `in`.")
    }
    advance()
    guard takes("]") else {
      throw error("the lag is not closed before \(token.words)", token, "Close it with `]`.")
    }
    return Expression(.lag(path, -Int(periods)), at: place)
  }

  /// The arguments of a call whose bracket was taken.
  mutating func arguments(of name: String) throws(DataError) -> [Expression.Argument] {
    var arguments: [Expression.Argument] = []
    if takes(")") { return arguments }
    repeat {
      if token.kind == .sign(")") {
        throw error("an argument is missing after `,`", token, "Take the comma out.")
      }
      arguments.append(
        Expression.Argument(label: label(), value: try expression()))
      guard arguments.count <= FormulaLimits.listLength else {
        throw error("`\(name)` has too many arguments", token, "Use a table instead.")
      }
    } while takes(",")
    guard takes(")") else {
      throw error(
        "the call of `\(name)` is not closed before \(token.words)", token,
        token.kind == .sign("=") ? "Write `==` to compare." : "Close it with `)`.")
    }
    return arguments
  }

  /// The name of an argument, if `name =` or `name:` is ahead.
  private mutating func label() -> String? {
    let name: String
    switch token.kind {
    case .name(let word), .quotedName(let word), .text(let word): name = word
    case .whole(let number): name = String(number)
    default: return nil
    }
    guard next.kind == .sign("=") || next.kind == .sign(":") else { return nil }
    advance()
    advance()
    return name
  }
}
