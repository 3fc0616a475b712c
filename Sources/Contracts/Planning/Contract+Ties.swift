// SPDX-License-Identifier: Apache-2.0
public import Synthesis
public import Tables

extension Contract {
  /// Checks that a plan, whoever made it, ties no two variables whose relationship is not kept.
  ///
  /// - Throws: `DataError` naming the clause and what ties the variables.
  public func refuseTies(in plan: Plan) throws(DataError) {
    var ancestors: [String: Set<String>] = [:]
    for step in plan.steps {
      var sources = step.predictors
      for constraint in step.constraints {
        switch constraint {
        case .atLeast(let other), .atMost(let other), .missingFollows(let other):
          sources.append(other)
        }
      }
      if case .derived(let relation) = step.action { sources += relation.sources }
      if step.action != .learned, !step.action.isDerived { sources = [] }
      ancestors[step.variable] = sources.reduce(into: [step.variable]) {
        $0.formUnion(ancestors[$1] ?? [$1])
      }
    }
    for clause in relationships where !clause.isKept {
      for pair in PlanPair.all(of: clause.variables) {
        let shared = (ancestors[pair.first] ?? []).intersection(ancestors[pair.second] ?? [])
        guard let tie = shared.min() else { continue }
        throw DataError(
          "the plan ties \"\(pair.first)\" to \"\(pair.second)\" through \"\(tie)\", but the contract does not keep their relationship",
          file: file, line: clause.place.line, position: clause.place.column,
          remedy:
            "Take \"\(tie)\" out of the predictors of one of the two, or the clause out of the contract."
        )
      }
    }
    for clause in variables where clause.isReplaced {
      guard let step = plan.step(for: clause.name), step.action != .replaced else { continue }
      throw DataError(
        "the plan learns \"\(clause.name)\", but the contract replaces it", file: file,
        line: clause.place.line, position: clause.place.column,
        remedy: "Change the action of its step to \"replaced\", or the clause.")
    }
  }
}

extension PlanAction {
  fileprivate var isDerived: Bool {
    if case .derived = self { return true }
    return false
  }
}
