// SPDX-License-Identifier: Apache-2.0
public import Contracts
public import Learners
public import Synthesis

/// How a generator is fitted; everything has a default.
public struct FitOptions: Hashable, Sendable {
  /// What the owner said of the plan.
  public var plan: PlanOptions
  /// The contract that the plan must keep; `nil` restricts nothing.
  public var contract: Contract?
  /// How trees grow.
  public var trees: TreeOptions
  /// How many threads may work.
  public var threads: Int

  /// Creates options.
  public init(
    plan: PlanOptions = PlanOptions(), contract: Contract? = nil,
    trees: TreeOptions = TreeOptions(), threads: Int = 1
  ) {
    self.plan = plan
    self.contract = contract
    self.trees = trees
    self.threads = threads
  }

  /// What the owner said, in the contract or besides.
  public var planOptions: PlanOptions { contract?.options(plan) ?? plan }
}
