// SPDX-License-Identifier: Apache-2.0

/// Which method learns each variable of a plan whose method chooses, and why; found once and kept, where
/// finding it took what time there was.
public struct ChosenMethods: Hashable, Sendable, Codable {
  /// The choice for a variable.
  public struct Choice: Hashable, Sendable, Codable {
    /// The method.
    public var method: String
    /// What speaks for it; `nil` where nothing was tried.
    public var reason: String?
    /// What it is learned from, where that is more than the plan had; `nil` for what the plan has.
    public var predictors: [String]?

    /// Creates a choice.
    public init(method: String, reason: String? = nil, predictors: [String]? = nil) {
      self.method = method
      self.reason = reason
      self.predictors = predictors
    }
  }

  /// The choices, by variable.
  public var choices: [String: Choice]
  /// What the plan says of them as a whole.
  public var note: String

  /// Creates a record.
  public init(choices: [String: Choice], note: String) {
    self.choices = choices
    self.note = note
  }
}

extension Plan {
  /// The plan with the methods of its learned variables; those that the record does not know keep theirs.
  public func taking(_ chosen: ChosenMethods) -> Plan {
    var plan = self
    for place in plan.steps.indices where plan.steps[place].action == .learned {
      guard let choice = chosen.choices[plan.steps[place].variable] else { continue }
      plan.steps[place].method = choice.method
      if let predictors = choice.predictors { plan.steps[place].predictors = predictors }
      if let reason = choice.reason { plan.steps[place].reasons.append(reason) }
    }
    plan.notes.append(chosen.note)
    return plan
  }
}
