// SPDX-License-Identifier: Apache-2.0

/// Cases that the real table lacks: made by a rule from rows that are drawn, or taken from a file.
///
/// They are marked, since nothing real says that they would look like this.
public struct ExtrapolationClause: Hashable, Sendable {
  /// The column that marks such rows: 1 in them, 0 in all others.
  public static let column = "extrapolated"

  /// A column and the formula that gives its value.
  public struct Change: Hashable, Sendable {
    /// The column.
    public var variable: String
    /// The formula, of the row as it was drawn.
    public var formula: String
    /// Where the formula stands.
    public var place: ClausePlace
  }

  /// The file of the rows, by hand or from a simulation, from the contract's folder; `nil` for a rule.
  public var file: String?
  /// The condition on the drawn rows that a rule starts from; `nil` for any row.
  public var condition: RuleClause?
  /// What a rule changes in them.
  public var changes: [Change]
  /// How many rows a rule makes.
  public var count: Int
  /// Why the real table lacks such cases.
  public var reason: String
  /// Where it stands.
  public var place: ClausePlace

  /// Creates a clause.
  public init(reason: String, place: ClausePlace = ClausePlace()) {
    self.reason = reason
    self.place = place
    changes = []
    count = 0
  }
}
