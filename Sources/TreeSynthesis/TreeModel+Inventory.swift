// SPDX-License-Identifier: Apache-2.0
import Learners
import Schemas
public import Synthesis

extension TreeModel {
  /// What the model holds, variable by variable, in the order of the schema.
  public func inventory() -> [ModelHolding] {
    schema.variables.compactMap { holding(of: $0.name) }
  }

  private func holding(of name: String) -> ModelHolding? {
    if let variable = variables.first(where: { $0.name == name }) {
      let asked = variable.conditional.asked
      let names = asked.sorted().map { variables[variable.predictors[$0]].name }
      let action =
        names.isEmpty
        ? "drawn from its own distribution" : "learned from " + names.joined(separator: ", ")
      return ModelHolding(
        name: name, action: action,
        holdings: "\(variable.conditional.words); \(variable.layout.words)",
        leastSupport: Self.leastSupport(of: variable))
    }
    return frame.holding(of: name)
  }

  private static func leastSupport(of variable: FittedVariable) -> Double? {
    var trees = variable.groupTrees
    if case .tree(let tree) = variable.conditional { trees.insert(tree, at: 0) }
    var least = trees.flatMap { tree in
      (0..<tree.leafCount).map { tree.weight(ofLeaf: $0) }
    }.min()
    // Leaves of boosted trees rest on the plan's minimum at least; cuts on all rows that reach them.
    if case .hierarchy(let fitted) = variable.conditional {
      for split in fitted.splits { least = min(least ?? .infinity, Double(split.rowCount)) }
    }
    if case .distribution(let fitted) = variable.conditional, let support = fitted.leastSupport {
      least = min(least ?? .infinity, support)
    }
    if let weight = variable.layout.leastSupport { least = min(least ?? weight, weight) }
    return least
  }
}
