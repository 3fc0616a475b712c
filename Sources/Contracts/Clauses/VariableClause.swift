// SPDX-License-Identifier: Apache-2.0
public import Schemas
public import Synthesis

/// What a contract says of one variable.
public struct VariableClause: Hashable, Sendable {
  /// The variable.
  public var name: String
  /// What is to be faithful; `nil` leaves that to the purpose.
  public var faithful: [FaithfulFeature]?
  /// Whether nothing of it is to be learned.
  public var isReplaced: Bool
  /// Who gives the values of a replaced variable, a dotted name; `nil` is made-up values of its kind.
  public var provider: String?
  /// The limits stated.
  public var limits: [Limit]
  /// What is done to the real values first.
  public var transforms: [PlanTransform]
  /// The role stated.
  public var role: VariableRole?
  /// Whether its features are the purpose's promise, whose limits the purpose gives.
  public var isPurposes: Bool
  /// Where it stands.
  public var place: ClausePlace

  /// Creates a clause that says nothing yet.
  public init(name: String, place: ClausePlace = ClausePlace()) {
    self.name = name
    isReplaced = false
    isPurposes = false
    limits = []
    transforms = []
    self.place = place
  }
}
