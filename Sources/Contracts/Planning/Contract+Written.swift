// SPDX-License-Identifier: Apache-2.0
public import Schemas
public import Synthesis

extension Contract {
  /// The contract in force for a plan, with all that was left to the purpose written out.
  public func written(
    for plan: Plan, schema: Schema, rows: Int, seed: String
  ) -> Contract {
    var contract = self
    contract.rows = String(rows)
    contract.seed = seed
    contract.outliers = outliers ?? purpose.outliers
    contract.marking = marking ?? MarkingClause(column: purpose.markingColumn)
    contract.disclosure.minimumCount = plan.minimumLevelCount
    contract.disclosure.minimumLeaf = plan.minimumLeafCount
    var clauses: [VariableClause] = []
    for step in plan.steps {
      var clause = variable(step.variable) ?? VariableClause(name: step.variable)
      clause.transforms = step.transforms
      clause.isReplaced = step.action == .replaced
      if !clause.isReplaced, clause.faithful == nil {
        clause.faithful = Self.features(of: step, isBalanced: !balance.isEmpty)
        if clause.limits.isEmpty, clause.faithful?.contains(.distribution) == true {
          let isScale = schema.variable(named: step.variable)?.kind.isContinuous == true
          clause.limits = [Limit(isScale ? .ks : .tv, purpose.distributionLimit)]
          clause.isPurposes = true
        }
      }
      clauses.append(clause)
    }
    contract.variables = clauses
    return contract
  }

  private static func features(of step: PlanStep, isBalanced: Bool) -> [FaithfulFeature] {
    switch step.action {
    case .learned, .derived:
      // What is balanced moves the margins of all that depends on it.
      return isBalanced ? [.structure] : [.structure, .distribution, .missingness]
    case .constant, .regenerated, .replaced: return [.structure]
    }
  }
}
