// SPDX-License-Identifier: Apache-2.0

/// The share of rows that levels of a variable are to have, whatever it is in the real table.
public struct BalanceClause: Hashable, Sendable {
  /// The variable.
  public var variable: String
  /// The share of each level named, 0...1; the others share the rest as in the real table.
  public var shares: [String: Double]
  /// Where it stands.
  public var place: ClausePlace

  /// Creates a clause.
  public init(variable: String, shares: [String: Double], place: ClausePlace = ClausePlace()) {
    self.variable = variable
    self.shares = shares
    self.place = place
  }
}
