// SPDX-License-Identifier: Apache-2.0
public import Tables

/// The formula of an analysis: `income ~ age + sex + age:sex + poly(age, 2) + factor(region)`.
///
/// Terms are written out: `a * b` is a, b and a:b; `(a + b)^2` is a, b and a:b; `- x` takes a term away;
/// `0 +` or `- 1` takes the intercept away.
///
/// ## Source
/// Wilkinson and Rogers, "Symbolic description of factorial models for analysis of variance", Applied
/// Statistics 22 (1973) 392–399.
public struct ModelFormula: Hashable, Sendable {
  /// A column, or what is made of it.
  public enum Factor: Hashable, Sendable {
    /// A column as it is.
    case column(String)
    /// A column as levels, even if it holds numbers.
    case levels(String)
    /// Orthogonal polynomials of a column up to a degree.
    case polynomial(String, degree: Int)
    /// An expression, as `log(income)` or `I(age / 10)`.
    case expression(Expression)
  }

  /// Factors that act together; a main effect has one.
  public struct Term: Hashable, Sendable {
    /// The factors, in the order of their appearance.
    public var factors: [Factor]
    /// Where the term stands.
    public var place: SourcePlace

    /// Whether the term means the same as another.
    func isSame(as other: Term) -> Bool { Set(factors) == Set(other.factors) }
  }

  /// The formula as it is written.
  public let text: String
  /// What is explained.
  public let response: Factor
  /// Where the response stands.
  public let responsePlace: SourcePlace
  /// What explains it.
  public let terms: [Term]
  /// Whether there is an intercept.
  public let hasIntercept: Bool

  /// Reads a formula.
  ///
  /// - Throws: `DataError` with line, column and a suggestion.
  public init(parsing text: String, at place: SourcePlace = SourcePlace()) throws(DataError) {
    self.text = text
    var parser = try ModelFormulaParser(FormulaSource(text, at: place))
    (response, responsePlace) = try parser.response()
    (terms, hasIntercept) = try parser.terms()
  }

  /// The columns it uses, the response's first, each once.
  public var columns: [String] {
    var seen: Set<String> = []
    return ([response] + terms.flatMap(\.factors)).flatMap(\.columns).filter {
      seen.insert($0).inserted
    }
  }

  /// Checks that each name is a column, and that each expression is computable.
  ///
  /// - Throws: `DataError` with line, column and a suggestion.
  public func check(in scope: FormulaScope) throws(DataError) {
    try Self.check(response, at: responsePlace, in: scope)
    for term in terms {
      for factor in term.factors { try Self.check(factor, at: term.place, in: scope) }
    }
  }

  private static func check(
    _ factor: Factor, at place: SourcePlace, in scope: FormulaScope
  ) throws(DataError) {
    switch factor {
    case .column(let name), .levels(let name):
      _ = try CompiledFormula(Expression(.name([name]), at: place), in: scope)
    case .polynomial(let name, _):
      let part = try CompiledFormula(Expression(.name([name]), at: place), in: scope)
      guard part.type.isNumeric else {
        throw place.error(
          "`poly` takes a number, not \(part.type.words)", remedy: "Use the column as it is.")
      }
    case .expression(let expression): _ = try CompiledFormula(expression, in: scope)
    }
  }
}

extension ModelFormula.Factor {
  /// The columns it uses.
  public var columns: [String] {
    switch self {
    case .column(let name), .levels(let name), .polynomial(let name, _): [name]
    case .expression(let expression): expression.names.map { $0.joined(separator: ".") }
    }
  }
}
