// SPDX-License-Identifier: Apache-2.0

/// What a contract says of the relationship of some variables.
public struct RelationshipClause: Hashable, Sendable {
  /// The variables, two or more.
  public var variables: [String]
  /// Whether the relationship is kept; if not, it is never learned, and shown to be absent.
  public var isKept: Bool
  /// The limits stated.
  public var limits: [Limit]
  /// Where it stands.
  public var place: ClausePlace

  /// Creates a clause.
  public init(
    variables: [String], isKept: Bool = true, limits: [Limit] = [],
    place: ClausePlace = ClausePlace()
  ) {
    self.variables = variables
    self.isKept = isKept
    self.limits = limits
    self.place = place
  }
}
