// SPDX-License-Identifier: Apache-2.0
import Tables

/// Reads the formulas of analyses.
struct ModelFormulaParser {
  private typealias Term = ModelFormula.Term

  /// Terms, of which the empty one is the intercept.
  private struct Terms {
    var list: [Term] = []

    mutating func add(_ term: Term) {
      if !list.contains(where: { $0.isSame(as: term) }) { list.append(term) }
    }
  }

  private var parser: ExpressionParser
  private var depth = 0

  /// More terms than this are a slip of `*` or `^`.
  private static let termLimit = 2000

  init(_ source: FormulaSource) throws(DataError) { parser = try ExpressionParser(source) }

  private func error(_ message: String, _ remedy: String) -> DataError {
    parser.error(message, parser.token, remedy)
  }

  private var place: SourcePlace { parser.source.place(at: parser.token.offset) }

  mutating func response() throws(DataError) -> (ModelFormula.Factor, SourcePlace) {
    let start = place
    if parser.token.kind == .sign("~") {
      throw error("the response is missing before `~`", "Write `income ~ age + sex`.")
    }
    let factor = try self.factor()
    guard parser.takes("~") else {
      throw error(
        "`~` is missing before \(parser.token.words)",
        "Write the response, `~`, and what explains it: `income ~ age + sex`.")
    }
    return (factor, start)
  }

  mutating func terms() throws(DataError) -> ([ModelFormula.Term], Bool) {
    let intercept = Term(factors: [], place: place)
    var all = Terms(list: [intercept])
    try sum(into: &all)
    guard parser.token.kind == .end else {
      throw error(
        "`+` is missing before \(parser.token.words)",
        parser.token.kind == .sign("~")
          ? "Write one `~` only." : "Join terms by `+`, `:` or `*`.")
    }
    let hasIntercept = all.list.contains { $0.factors.isEmpty }
    let terms = all.list.filter { !$0.factors.isEmpty }
    // Lower orders first, as analysts read them; within an order as written.
    let ordered = terms.enumerated().sorted {
      ($0.element.factors.count, $0.offset) < ($1.element.factors.count, $1.offset)
    }.map(\.element)
    return (ordered, hasIntercept)
  }

  private mutating func sum(into all: inout Terms) throws(DataError) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 50 else {
      throw error("the formula is nested too deeply", "Write its terms out.")
    }
    var isAdded = true
    if parser.takes("-") { isAdded = false }
    while true {
      for term in try product().list {
        // `0` stands for taking the intercept away.
        if term.factors == [.column("0")] {
          if isAdded { all.list.removeAll(where: \.factors.isEmpty) }
        } else if isAdded {
          all.add(term)
        } else {
          all.list.removeAll { $0.isSame(as: term) }
        }
      }
      guard all.list.count <= Self.termLimit else {
        throw error("the formula has too many terms", "Use fewer `*` and `^`.")
      }
      if parser.takes("+") {
        isAdded = true
      } else if parser.takes("-") {
        isAdded = false
      } else {
        return
      }
    }
  }

  /// Terms joined by `*`, of which each side acts alone and together.
  private mutating func product() throws(DataError) -> Terms {
    var left = try interaction()
    while parser.takes("*") {
      let right = try interaction()
      let both = try crossed(left, right)
      for term in right.list + both.list { left.add(term) }
    }
    return left
  }

  private mutating func interaction() throws(DataError) -> Terms {
    var left = try power()
    while parser.takes(":") { left = try crossed(left, try power()) }
    return left
  }

  private mutating func power() throws(DataError) -> Terms {
    let base = try operand()
    guard parser.takes("^") else { return base }
    guard case .whole(let degree) = parser.token.kind, (1...10).contains(degree) else {
      throw error("the power is no whole number from 1 to 10", "Write `(a + b)^2`.")
    }
    parser.advance()
    var result = base
    for _ in 1..<degree {
      for term in try crossed(result, base).list { result.add(term) }
    }
    return result
  }

  private func crossed(_ left: Terms, _ right: Terms) throws(DataError) -> Terms {
    var result = Terms()
    for one in left.list {
      for other in right.list {
        var term = one
        for factor in other.factors where !term.factors.contains(factor) {
          term.factors.append(factor)
        }
        result.add(term)
        guard result.list.count <= Self.termLimit else {
          throw error("the formula has too many terms", "Use fewer `*` and `^`.")
        }
      }
    }
    return result
  }

  private mutating func operand() throws(DataError) -> Terms {
    let start = place
    if parser.takes("(") {
      var inner = Terms()
      try sum(into: &inner)
      guard parser.takes(")") else {
        throw error("the bracket is not closed", "Close it with `)`.")
      }
      return inner
    }
    if case .whole(let number) = parser.token.kind {
      guard number == 0 || number == 1 else {
        throw error(
          "a number stands where a column may", "Write 0 or 1 for the intercept, or `I(x * 2)`.")
      }
      parser.advance()
      return Terms(list: [Term(factors: number == 0 ? [.column("0")] : [], place: start)])
    }
    return Terms(list: [Term(factors: [try factor()], place: start)])
  }

  /// A column, `factor(x)`, `poly(x, 2)`, `I(expression)` or a function of the language.
  private mutating func factor() throws(DataError) -> ModelFormula.Factor {
    switch parser.token.kind {
    case .quotedName(let name):
      parser.advance()
      return .column(name)
    case .name(let name):
      guard parser.next.kind == .sign("(") else {
        if name == "in" || ExpressionParser.words.contains(name) {
          throw error("`\(name)` is no column", "Put the name into backticks if it is one.")
        }
        parser.advance()
        // There is one table, so that a dot is part of the name, as R has it: `hours.per.week`.
        var full = name
        while parser.takes(".") {
          guard case .name(let rest) = parser.token.kind else {
            throw error("the name breaks off at its dot", "Put the name into backticks.")
          }
          full += "." + rest
          parser.advance()
        }
        return .column(full)
      }
      return try call(name)
    case .end: throw error("the formula breaks off", "Write a column here.")
    default:
      throw error("a column is missing before \(parser.token.words)", "Write a column here.")
    }
  }

  private mutating func call(_ name: String) throws(DataError) -> ModelFormula.Factor {
    let start = parser.token
    let place = self.place
    parser.advance()
    parser.advance()
    let arguments = try parser.arguments(of: name)
    switch name {
    case "factor", "C":
      guard arguments.count == 1, case .name(let path) = arguments[0].value.kind, path.count == 1
      else {
        throw parser.error("`factor` takes one column", start, "Write `factor(region)`.")
      }
      return .levels(path[0])
    case "poly":
      guard arguments.count == 2, case .name(let path) = arguments[0].value.kind, path.count == 1,
        case .literal(.whole(let degree)) = arguments[1].value.kind, (1...10).contains(degree)
      else {
        throw parser.error(
          "`poly` takes a column and a degree from 1 to 10", start, "Write `poly(age, 2)`.")
      }
      return .polynomial(path[0], degree: Int(degree))
    case "Surv":
      // The response of a model of times, which only such a model can read.
      guard arguments.count == 2 else {
        throw parser.error(
          "`Surv` takes a time and an event", start, "Write `Surv(time, event) ~ age`.")
      }
      return .expression(Expression(.call(name, arguments), at: place))
    case "I":
      guard arguments.count == 1 else {
        throw parser.error("`I` takes one expression", start, "Write `I(age / 10)`.")
      }
      return .expression(arguments[0].value)
    default:
      guard FormulaFunction.named(name) != nil else {
        throw parser.error(
          "there is no function `\(name)`", start,
          Suggestion.remedy(
            for: name, among: ["factor", "poly", "I"] + FormulaFunction.all.map(\.name)))
      }
      return .expression(Expression(.call(name, arguments), at: place))
    }
  }
}
