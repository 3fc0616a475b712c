// SPDX-License-Identifier: Apache-2.0
public import Synthesis
public import Tables

extension Contract {
  /// Checks that a plan, whoever made it, ties no two variables whose relationship is not kept.
  ///
  /// - Throws: `DataError` naming the clause and what ties the variables.
  public func refuseTies(in plan: Plan) throws(DataError) {
    let ancestors = PlanAncestors(plan)
    for clause in relationships where !clause.isKept {
      for pair in PlanPair.all(of: clause.variables) {
        let shared = ancestors.of(pair.first).intersection(ancestors.of(pair.second))
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

  /// The rules that rows may be drawn again for.
  ///
  /// To keep only rows with a property ties all that leads to it. A rule is left alone if rows chosen by
  /// it would tie two variables whose relationship is not kept.
  public func mendableRules(in plan: Plan) -> [RuleClause] {
    let ancestors = PlanAncestors(plan)
    let pairs = relationships.filter { !$0.isKept }.flatMap { PlanPair.all(of: $0.variables) }
    return rules.filter { rule in
      let named = plan.steps.map(\.variable).filter { RuleNames.contains($0, in: rule.text) }
      let leading = named.reduce(into: Set<String>()) { $0.formUnion(ancestors.of($1)) }
      return pairs.allSatisfy { pair in
        leading.isDisjoint(with: ancestors.of(pair.first))
          || leading.isDisjoint(with: ancestors.of(pair.second))
      }
    }
  }
}
