// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables

/// What a model leaves out, in words: readers will take its figures for a forecast.
struct LifeOmissions {
  private let model: LifeModel

  init(_ model: LifeModel) { self.model = model }

  /// The list, a line each.
  var text: String {
    var lines = ["What this model leaves out (it answers what if, and forecasts nothing):"]
    var (births, removals, moves, pairs) = (false, false, false, false)
    for step in model.steps {
      switch step {
      case .births: births = true
      case .remove: removals = true
      case .move: moves = true
      case .pair: pairs = true
      case .assign: break
      }
    }
    if !births { lines.append("nobody is born or comes") }
    if !removals { lines.append("nobody dies or leaves") }
    if !moves && !model.links.isEmpty { lines.append("nobody moves out or founds a household") }
    if !pairs { lines.append("nobody finds a partner") }
    lines += behaviour
    let fixed = model.populations.enumerated().compactMap { index, population -> String? in
      let changed = Set(assigned.filter { $0.table == index }.map(\.column))
      let kept = population.columns.map(\.name).filter {
        $0 != population.idColumn && !changed.contains($0)
      }
      return kept.isEmpty
        ? nil : "columns of \(population.name) that never change: \(kept.joined(separator: ", "))"
    }
    lines += fixed
    if model.runs.replications == 1 {
      lines.append("chance between runs: there is one replication")
    }
    if model.runs.unknown.isEmpty {
      lines.append("that parameters are not known exactly: none is drawn (`draw_parameters`)")
    }
    lines.append("anything the population file does not show, such as its own sampling error")
    lines.append("prices, wages and markets that answer to what everybody does")
    return lines[0] + "\n" + lines.dropFirst().map { "- \($0)\n" }.joined()
  }

  private var assigned: [LifeAssignment] {
    (model.start + model.steps).compactMap { step in
      if case .assign(let assignment) = step { assignment } else { nil }
    }
  }

  /// Which columns answer to what scenarios change, and which do not.
  private var behaviour: [String] {
    guard model.scenarios.count > 1 else { return [] }
    var reached: Set<String> = []
    let base = model.scenarios[0]
    for scenario in model.scenarios.dropFirst() {
      for (one, other) in zip(base.parameters, scenario.parameters) where one != other {
        reached.insert(one.name)
      }
      reached.formUnion(scenario.settings.map(\.column))
    }
    let changed = reached.sorted()
    for _ in 0..<assigned.count {
      for assignment in assigned {
        let words = assignment.formula.expression.words.union(assignment.only?.words ?? [])
        if !words.isDisjoint(with: reached) { reached.insert(assignment.column) }
      }
    }
    let still = Set(assigned.map(\.column)).subtracting(reached).sorted()
    guard !still.isEmpty else { return [] }
    return [
      "any answer of \(still.joined(separator: ", ")) to a change of "
        + changed.joined(separator: ", ")
    ]
  }
}
