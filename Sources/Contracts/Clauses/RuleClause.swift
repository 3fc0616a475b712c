// SPDX-License-Identifier: Apache-2.0

/// A condition that every synthetic row is to keep, in the language of formulas.
public struct RuleClause: Hashable, Sendable {
  /// The condition.
  public var text: String
  /// Where it stands.
  public var place: ClausePlace

  /// Creates a clause.
  public init(_ text: String, place: ClausePlace = ClausePlace()) {
    self.text = text
    self.place = place
  }
}
