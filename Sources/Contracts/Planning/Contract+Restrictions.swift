// SPDX-License-Identifier: Apache-2.0
import Evaluation
public import Schemas
public import Synthesis
public import Tables

extension Contract {
  /// What the contract asks of a plan for a table.
  public func restrictions(for schema: Schema) -> PlanRestrictions {
    var restrictions = PlanRestrictions(learnsRelationships: purpose.learnsRelationships)
    for clause in variables {
      if clause.isReplaced { restrictions.replaced.insert(clause.name) }
      if !clause.transforms.isEmpty { restrictions.transforms[clause.name] = clause.transforms }
    }
    for clause in relationships {
      let pairs = PlanPair.all(of: clause.variables)
      if clause.isKept { restrictions.together += pairs } else { restrictions.independent += pairs }
    }
    for analysis in analyses {
      restrictions.together += analysis.terms.filter { $0 != analysis.response }
        .map { PlanPair(analysis.response, $0) }
    }
    for clause in balance {
      restrictions.balance[clause.variable] = clause.shares
      // Truth values are levels by what they are, whatever words the file has for them.
      guard case .boolean(let yes, let no) = schema.variable(named: clause.variable)?.form else {
        continue
      }
      restrictions.balance[clause.variable] = Dictionary(
        clause.shares.map { ($0 == yes ? "true" : $0 == no ? "false" : $0, $1) },
        uniquingKeysWith: { first, _ in first })
    }
    if (outliers ?? purpose.outliers) == .suppress {
      for variable in schema.variables
      where variable.kind.isContinuous && variable.role == nil
        && !restrictions.replaced.contains(variable.name)
      {
        restrictions.transforms[variable.name, default: []] +=
          [.topCode(quantile: 0.99), .bottomCode(quantile: 0.01)]
      }
    }
    return restrictions
  }

  /// The options of a plan, with what the contract says in place of what was asked.
  public func options(_ options: PlanOptions) -> PlanOptions {
    var options = options
    if let count = disclosure.minimumCount
      ?? (options.minimumLevelCount == nil ? purpose.minimumCount : nil)
    {
      options.minimumLevelCount = count
    }
    if let count = disclosure.minimumLeaf { options.minimumLeafCount = count }
    return options
  }

  /// Checks that a plan holds what the contract asks, and says more in its notes.
  ///
  /// - Throws: `DataError` naming two clauses that no plan can keep at once.
  public func completed(_ plan: Plan) throws(DataError) -> Plan {
    var plan = plan
    try refuseUnlearned(plan)
    for clause in variables where clause.isReplaced {
      guard let place = plan.steps.firstIndex(where: { $0.variable == clause.name }),
        let provider = clause.provider
      else { continue }
      plan.steps[place].provider = provider
      plan.steps[place].reasons.append("values come from the provider \"\(provider)\"")
    }
    if !isDefault || purpose != .remoteWork {
      let level = FidelityLevels.level(of: plan)
      plan.notes.append(
        "level on the ONS spectrum: \(level.name); disclosure risk that ONS names for it: \(level.risk)"
      )
    }
    return plan
  }

  private func refuseUnlearned(_ plan: Plan) throws(DataError) {
    let learned = Set(plan.steps.filter { $0.action == .learned }.map(\.variable))
    for kept in relationships where kept.isKept {
      for pair in PlanPair.all(of: kept.variables)
      where learned.contains(pair.first) && learned.contains(pair.second) {
        let isLearned =
          plan.step(for: pair.first)?.predictors.contains(pair.second) == true
          || plan.step(for: pair.second)?.predictors.contains(pair.first) == true
        guard !isLearned else { continue }
        let other = relationships.first {
          !$0.isKept && $0.variables.contains { pair.other(than: $0) != nil }
        }
        guard let other else {
          guard !purpose.learnsRelationships else { continue }
          throw DataError(
            "the purpose \(purpose.rawValue) learns no relationships, but the contract keeps one",
            file: file, line: kept.place.line, position: kept.place.column,
            remedy: "Choose another purpose, or take the clause out.")
        }
        throw Contradictions.error(
          "the relationship between [\(kept.variables.joined(separator: ", "))] is kept",
          kept.place,
          "no plan then keeps [\(other.variables.joined(separator: ", "))] independent",
          other.place, file: file)
      }
    }
  }
}
