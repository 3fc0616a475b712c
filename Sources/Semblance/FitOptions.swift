// SPDX-License-Identifier: Apache-2.0
public import Learners
public import Synthesis

/// How a generator is fitted; everything has a default.
public struct FitOptions: Hashable, Sendable {
  /// What the owner said of the plan.
  public var plan: PlanOptions
  /// How trees grow.
  public var trees: TreeOptions
  /// How many threads may work.
  public var threads: Int

  /// Creates options.
  public init(
    plan: PlanOptions = PlanOptions(), trees: TreeOptions = TreeOptions(), threads: Int = 1
  ) {
    self.plan = plan
    self.trees = trees
    self.threads = threads
  }
}
