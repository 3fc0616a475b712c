// SPDX-License-Identifier: Apache-2.0
public import Tables

/// What may stand in a column's place: a value to compute, or a distribution to draw from.
public enum Formula: Hashable, Sendable {
  /// `expression` or `= expression`.
  case value(Expression)
  /// `~ distribution(arguments)`; the expression is the call.
  case draw(Expression)

  /// Reads a formula.
  ///
  /// - Throws: `DataError` with line, column and a suggestion.
  public init(parsing text: String, at place: SourcePlace = SourcePlace()) throws(DataError) {
    var parser = try ExpressionParser(FormulaSource(text, at: place))
    if parser.takes("~") {
      let call = try parser.expression()
      try parser.expectEnd()
      guard case .call = call.kind else {
        throw call.error(
          "`~` is followed by no distribution",
          remedy: "Write a distribution with its arguments, as `~ normal(mean = 0, sd = 1)`.")
      }
      self = .draw(call)
    } else {
      _ = parser.takes("=")
      self = .value(try parser.whole())
    }
  }

  /// The expression, whichever it is.
  public var expression: Expression {
    switch self {
    case .value(let expression), .draw(let expression): expression
    }
  }
}
