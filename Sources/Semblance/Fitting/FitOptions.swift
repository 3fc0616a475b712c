// SPDX-License-Identifier: Apache-2.0
public import Contracts
public import Learners
public import Synthesis
public import TreeSynthesis

/// How a generator is fitted; everything has a default.
public struct FitOptions: Hashable, Sendable {
  /// The method that learns, by its name in the catalogue; a plan that is given has its own.
  public var method: String
  /// What the owner said of the plan.
  public var plan: PlanOptions
  /// The contract that the plan must keep; `nil` restricts nothing.
  public var contract: Contract?
  /// Variables that are visited before others, which are to be drawn given them.
  public var leading: Set<String> = []
  /// The methods of variables, where the method is `auto` and they were found before.
  public var chosen: ChosenMethods?
  /// The seconds that choosing methods and fitting may take, where the method is `auto`; `nil` for as long as it takes.
  public var choiceSeconds: Double?
  /// How trees grow.
  public var trees: TreeOptions
  /// How many threads may work.
  public var threads: Int

  /// Creates options.
  public init(
    method: String = TreeSynthesizer.method, plan: PlanOptions = PlanOptions(),
    contract: Contract? = nil,
    trees: TreeOptions = TreeOptions(), threads: Int = 1
  ) {
    self.method = method
    self.plan = plan
    self.contract = contract
    self.trees = trees
    self.threads = threads
  }

  /// What the owner said, in the contract or besides.
  ///
  /// Leaves of boosted trees rest on 40 rows at least: many trees see a row, so each shows less.
  public var planOptions: PlanOptions {
    var said = contract?.options(plan) ?? plan
    if method == TreeSynthesizer.boostingMethod {
      said.minimumLeafCount = max(said.minimumLeafCount, HierarchyOptions.leastLeafCount)
    }
    return said
  }
}
