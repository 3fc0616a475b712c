// SPDX-License-Identifier: Apache-2.0

/// How one variable is made.
public struct PlanStep: Hashable, Sendable, Codable {
  /// The variable's name.
  public var variable: String
  /// How its values are made.
  public var action: PlanAction
  /// The variables it may depend on; all of them are visited before.
  public var predictors: [String]
  /// What must hold in every row, whatever is drawn.
  public var constraints: [PlanConstraint]
  /// Why, one sentence each.
  public var reasons: [String]

  /// Creates a step.
  public init(
    variable: String, action: PlanAction, predictors: [String] = [],
    constraints: [PlanConstraint] = [], reasons: [String] = []
  ) {
    self.variable = variable
    self.action = action
    self.predictors = predictors
    self.constraints = constraints
    self.reasons = reasons
  }
}
