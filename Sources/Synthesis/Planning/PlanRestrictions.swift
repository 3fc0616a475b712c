// SPDX-License-Identifier: Apache-2.0

/// What a plan may not do, and what it must; with no arguments, nothing.
public struct PlanRestrictions: Hashable, Sendable {
  /// Variables of which nothing is learned; they are replaced.
  public var replaced: Set<String>
  /// Pairs of variables that must be independent in the rows made.
  public var independent: [PlanPair]
  /// Pairs of variables whose relationship must be learned.
  public var together: [PlanPair]
  /// For some variables the shares that levels are to have.
  public var balance: [String: [String: Double]]
  /// What is done to the real values of some variables first.
  public var transforms: [String: [PlanTransform]]
  /// Whether variables may be learned from others at all.
  public var learnsRelationships: Bool
  /// Variables that are visited before others, as these are drawn given them.
  public var leading: Set<String> = []

  /// Creates restrictions.
  public init(
    replaced: Set<String> = [], independent: [PlanPair] = [], together: [PlanPair] = [],
    balance: [String: [String: Double]] = [:], transforms: [String: [PlanTransform]] = [:],
    learnsRelationships: Bool = true
  ) {
    self.replaced = replaced
    self.independent = independent
    self.together = together
    self.balance = balance
    self.transforms = transforms
    self.learnsRelationships = learnsRelationships
  }
}
