// SPDX-License-Identifier: Apache-2.0

/// The limits of disclosure.
public struct DisclosureClause: Hashable, Sendable {
  /// What someone may know of a person; empty leaves that to roles.
  public var keys: [String]
  /// The fewest rows behind a level or value shown; `nil` chooses by table size.
  public var minimumCount: Int?
  /// The fewest rows behind a conditional distribution; `nil` is the method's own.
  public var minimumLeaf: Int?
  /// What is done about rows that indicate a real record.
  public var nearMatches: NearMatchPolicy
  /// Where the keys stand.
  public var place: ClausePlace

  /// Creates a clause that leaves everything to defaults.
  public init(
    keys: [String] = [], minimumCount: Int? = nil, minimumLeaf: Int? = nil,
    nearMatches: NearMatchPolicy = .report, place: ClausePlace = ClausePlace()
  ) {
    self.keys = keys
    self.minimumCount = minimumCount
    self.minimumLeaf = minimumLeaf
    self.nearMatches = nearMatches
    self.place = place
  }
}
