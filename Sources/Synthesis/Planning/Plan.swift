// SPDX-License-Identifier: Apache-2.0

/// What will be done with each variable, and why; data that is shown before it runs, and editable.
public struct Plan: Hashable, Sendable, Codable {
  /// The version of this format.
  public var version: Int
  /// The method that learns, by its name in the catalogue: `"trees"`; of a plan whose method chooses,
  /// each step says its own.
  public var method: String
  /// The steps in the order in which variables are visited.
  public var steps: [PlanStep]
  /// The fewest rows a leaf of a tree may rest on.
  public var minimumLeafCount: Int
  /// The fewest rows a level or a spike needs before it may be shown.
  public var minimumLevelCount: Int
  /// Things worth saying about the plan as a whole.
  public var notes: [String]
  /// What of the table stays real; `nil` for nothing.
  public var partial: PartialExtent?
  /// What of the table was given, and not generated; `nil` for nothing.
  public var given: GivenExtent?

  /// Creates a plan.
  public init(
    version: Int = 1, method: String, steps: [PlanStep], minimumLeafCount: Int,
    minimumLevelCount: Int, notes: [String] = []
  ) {
    self.version = version
    self.method = method
    self.steps = steps
    self.minimumLeafCount = minimumLeafCount
    self.minimumLevelCount = minimumLevelCount
    self.notes = notes
  }

  /// The step that makes a variable, or `nil`.
  public func step(for variable: String) -> PlanStep? { steps.first { $0.variable == variable } }
}
