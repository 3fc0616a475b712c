// SPDX-License-Identifier: Apache-2.0

/// A model whose coefficients are to come out alike on real and synthetic rows.
public struct AnalysisClause: Hashable, Sendable {
  /// The family of a model.
  public enum Family: String, Hashable, Sendable, CaseIterable {
    /// Least squares.
    case gaussian
    /// Logistic regression.
    case binomial
  }

  /// The model: `income ~ age + sex`.
  public var model: String
  /// The variable explained.
  public var response: String
  /// The variables that explain it.
  public var terms: [String]
  /// The family.
  public var family: Family
  /// The least mean overlap of 95 % confidence intervals, at most 1.
  public var overlap: Double
  /// Where it stands.
  public var place: ClausePlace

  /// Creates a clause.
  public init(
    model: String, response: String, terms: [String], family: Family, overlap: Double,
    place: ClausePlace = ClausePlace()
  ) {
    self.model = model
    self.response = response
    self.terms = terms
    self.family = family
    self.overlap = overlap
    self.place = place
  }
}
