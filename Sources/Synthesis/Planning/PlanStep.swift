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
  /// What is done to the real values before anything is learned from them, in this order.
  public var transforms: [PlanTransform]
  /// The share of rows that some levels, as they are written, are to have; other levels share the rest.
  public var balance: [String: Double]
  /// Who gives the values of a replaced variable, a dotted name; `nil` is made-up values of its kind.
  public var provider: String?
  /// The method that learns this variable, where the plan's chooses for each; `nil` is the plan's own.
  public var method: String?
  /// Why, one sentence each.
  public var reasons: [String]

  /// Creates a step.
  public init(
    variable: String, action: PlanAction, predictors: [String] = [],
    constraints: [PlanConstraint] = [], transforms: [PlanTransform] = [],
    balance: [String: Double] = [:], provider: String? = nil, method: String? = nil,
    reasons: [String] = []
  ) {
    self.variable = variable
    self.action = action
    self.predictors = predictors
    self.constraints = constraints
    self.transforms = transforms
    self.balance = balance
    self.provider = provider
    self.method = method
    self.reasons = reasons
  }
}

extension PlanStep {
  private enum CodingKeys: String, CodingKey {
    case variable, action, predictors, constraints, transforms, balance, provider, method,
      reasons
  }

  /// Reads a step; what it leaves out of transforms, balance and reasons is empty.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      variable: try values.decode(String.self, forKey: .variable),
      action: try values.decode(PlanAction.self, forKey: .action),
      predictors: try values.decodeIfPresent([String].self, forKey: .predictors) ?? [],
      constraints: try values.decodeIfPresent([PlanConstraint].self, forKey: .constraints) ?? [],
      transforms: try values.decodeIfPresent([PlanTransform].self, forKey: .transforms) ?? [],
      balance: try values.decodeIfPresent([String: Double].self, forKey: .balance) ?? [:],
      provider: try values.decodeIfPresent(String.self, forKey: .provider),
      method: try values.decodeIfPresent(String.self, forKey: .method),
      reasons: try values.decodeIfPresent([String].self, forKey: .reasons) ?? [])
  }

  /// Writes a step; transforms, balance, provider and method only where there are any.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(variable, forKey: .variable)
    try values.encode(action, forKey: .action)
    try values.encode(predictors, forKey: .predictors)
    try values.encode(constraints, forKey: .constraints)
    if !transforms.isEmpty { try values.encode(transforms, forKey: .transforms) }
    if !balance.isEmpty { try values.encode(balance, forKey: .balance) }
    try values.encodeIfPresent(provider, forKey: .provider)
    try values.encodeIfPresent(method, forKey: .method)
    try values.encode(reasons, forKey: .reasons)
  }
}
