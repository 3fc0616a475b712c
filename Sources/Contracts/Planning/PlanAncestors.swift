// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// For each variable of a plan all variables that lead to it, itself included.
struct PlanAncestors {
  private var sets: [String: Set<String>] = [:]

  init(_ plan: Plan) {
    for step in plan.steps {
      var sources: [String] = []
      switch step.action {
      case .learned:
        sources = step.predictors
        for constraint in step.constraints {
          switch constraint {
          case .atLeast(let other), .atMost(let other), .missingFollows(let other):
            sources.append(other)
          }
        }
      case .derived(let relation): sources = relation.sources
      case .constant, .regenerated, .replaced: break
      }
      sets[step.variable] = sources.reduce(into: [step.variable]) { $0.formUnion(sets[$1] ?? [$1]) }
    }
  }

  /// The variables that lead to one.
  func of(_ name: String) -> Set<String> { sets[name] ?? [name] }
}
