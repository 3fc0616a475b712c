// SPDX-License-Identifier: Apache-2.0
public import Tables

/// A formula as it is written: a tree of names, values, operators and calls, each with its place.
public struct Expression: Hashable, Sendable {
  /// A value written out.
  public enum Literal: Hashable, Sendable {
    /// A number with a point or an exponent.
    case number(Double)
    /// A whole number.
    case whole(Int64)
    /// A date, in days since 1970-01-01.
    case date(Int)
    /// A text in quotes.
    case text(String)
    /// `true` or `false`.
    case boolean(Bool)
    /// `missing`.
    case missing
  }

  /// An operator between two operands.
  public enum Operator: String, Hashable, Sendable, CaseIterable {
    /// Either.
    case or
    /// Both.
    case and
    /// Equal.
    case equal = "=="
    /// Different.
    case different = "!="
    /// Less.
    case less = "<"
    /// Less or equal.
    case atMost = "<="
    /// Greater.
    case greater = ">"
    /// Greater or equal.
    case atLeast = ">="
    /// Sum.
    case plus = "+"
    /// Difference.
    case minus = "-"
    /// Product.
    case times = "*"
    /// Quotient.
    case divided = "/"
    /// Rest of a division.
    case rest = "%"
    /// Power.
    case power = "^"
  }

  /// An argument of a call, with its name where one was given.
  public struct Argument: Hashable, Sendable {
    /// The name before `=` or `:`, if one stands there.
    public var label: String?
    /// The value.
    public var value: Expression
  }

  /// What stands on top of the tree.
  public indirect enum Kind: Hashable, Sendable {
    /// A value.
    case literal(Literal)
    /// A column, a parameter or a path such as `parent.age`.
    case name([String])
    /// A column some periods ago: `x[-1]`.
    case lag([String], Int)
    /// `-x`.
    case negative(Expression)
    /// `not x`.
    case not(Expression)
    /// Two operands.
    case binary(Operator, Expression, Expression)
    /// `x in [a, b]`.
    case isIn(Expression, [Expression])
    /// `x in low..high`, both ends included.
    case isBetween(Expression, Expression, Expression)
    /// A list, as an argument: `[1, 2, 3]`.
    case list([Expression])
    /// A call.
    case call(String, [Argument])
  }

  /// What stands on top of the tree.
  public var kind: Kind
  /// Where it begins.
  public var place: SourcePlace

  /// Reads an expression.
  ///
  /// - Parameters:
  ///   - text: The expression, without `=` or `~` before it.
  ///   - place: Where its first character stands.
  /// - Throws: `DataError` with line, column and a suggestion.
  public init(parsing text: String, at place: SourcePlace = SourcePlace()) throws(DataError) {
    var parser = try ExpressionParser(FormulaSource(text, at: place))
    self = try parser.whole()
  }

  init(_ kind: Kind, at place: SourcePlace) {
    self.kind = kind
    self.place = place
  }

  func error(_ message: String, remedy: String) -> DataError {
    place.error(message, remedy: remedy)
  }
}
