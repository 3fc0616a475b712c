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
        holdings: "\(variable.conditional.words); \(Self.words(variable.layout))",
        leastSupport: Self.leastSupport(of: variable))
    }
    if let derivation = derivations.first(where: { $0.name == name }) {
      return ModelHolding(
        name: name, action: "\(derivation.relation.description), in every row",
        holdings: derivation.entries.map {
          "\($0.weights.count { $0 > 0 }) entries to look up"
        } ?? "the relation only",
        leastSupport: derivation.entries?.weights.filter { $0 > 0 }.min())
    }
    if let regeneration = regenerations.first(where: { $0.name == name }) {
      return ModelHolding(
        name: name,
        action: plan.step(for: name)?.action == .replaced
          ? "replaced: \(regeneration.pattern.description)"
          : "made anew: \(regeneration.pattern.description)",
        holdings: plan.step(for: name)?.action == .replaced
          ? "the kind of value only" : Self.words(regeneration),
        leastSupport: regeneration.leastSupport)
    }
    return nil
  }

  private static func words(_ layout: VariableLayout) -> String {
    var words: String
    switch layout.content {
    case .scale(let scale):
      let spikes = scale.cells.reduce(0) { $0 + $1.spikes.count }
      words = "\(scale.cells.count) cells, \(spikes) common values"
    case .levels(let levels):
      words = "\(levels.count) levels"
      if levels.rareWeight > 0 { words += ", rare ones left out" }
    }
    if !layout.missingReasons.isEmpty {
      words += ", how often and where it is missing for \(layout.missingReasons.count) reason(s)"
    }
    return words
  }

  private static func words(_ regeneration: Regeneration) -> String {
    var words = "the pattern only"
    if case .templates(let templates, _) = regeneration.pattern {
      let kept = templates.reduce(0) { count, template in
        count + template.slots.reduce(0) { $0 + ($1.kind == .sign ? 0 : $1.common.count) }
      }
      words = "\(templates.count) shape(s) of text"
      if kept > 0 { words += " with \(kept) word(s) or number(s) that many rows share" }
    }
    if !regeneration.missing.isEmpty {
      words += ", the share of missing cells for \(regeneration.missing.count) reason(s)"
    }
    return words
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
    func consider(_ weight: Double) { if weight > 0 { least = min(least ?? weight, weight) } }
    switch variable.layout.content {
    case .scale(let scale):
      for cell in scale.cells {
        consider(cell.smoothWeight)
        for spike in cell.spikes { consider(spike.weight) }
      }
    case .levels(let levels): levels.weights.forEach(consider)
    }
    return least
  }
}
