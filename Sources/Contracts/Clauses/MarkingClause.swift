// SPDX-License-Identifier: Apache-2.0

/// How the data file itself says that it is synthetic.
public struct MarkingClause: Hashable, Sendable {
  /// A column that is 1 in every row; `nil` for none, since it changes the structure.
  public var column: String?
  /// Where it stands.
  public var place: ClausePlace

  /// Creates a clause.
  public init(column: String? = nil, place: ClausePlace = ClausePlace()) {
    self.column = column
    self.place = place
  }
}
