// SPDX-License-Identifier: Apache-2.0
package import Schemas
package import Tables

/// What every fitted model has beside what it learned: its plan, and the variables that follow from others
/// or are made anew.
package struct ModelFrame: Hashable, Sendable {
  /// The variables of the rows it makes.
  package let schema: Schema
  /// What was done to fit it.
  package let plan: Plan
  /// The rows it was fitted on.
  package let fittedRowCount: Int
  /// Variables computed from others, in the order in which they can be.
  package let derivations: [Derivation]
  /// Variables made anew.
  package let regenerations: [Regeneration]

  /// Creates a frame.
  package init(
    schema: Schema, plan: Plan, fittedRowCount: Int, derivations: [Derivation],
    regenerations: [Regeneration]
  ) {
    self.schema = schema
    self.plan = plan
    self.fittedRowCount = fittedRowCount
    self.derivations = derivations
    self.regenerations = regenerations
  }

  /// Fits all that a plan does not have learned.
  ///
  /// - Throws: `DataError` if the table has no rows, or the plan names what it has not, or would show
  ///   single rows.
  package init(
    fitting table: Table, binned: BinnedTable, schema: Schema, plan: Plan
  ) throws(DataError) {
    guard table.rowCount > 0 else {
      throw DataError(
        "the table has no rows, so there is nothing to learn",
        remedy: "Give a file with at least one row.")
    }
    var derivations: [Derivation] = []
    var regenerations: [Regeneration] = []
    for step in plan.steps {
      guard let column = table.column(named: step.variable) else {
        throw DataError(
          "the plan names a variable that the table does not have", column: step.variable,
          remedy: "Take the step out of the plan, or add the column.")
      }
      switch step.action {
      case .learned, .constant:
        try Self.refuseRare(step, binned, minimumCount: plan.minimumLevelCount)
      case .derived(let relation):
        derivations.append(
          try Derivation(
            fitting: step.variable, relation: relation, table: table, binned: binned,
            minimumCount: plan.minimumLevelCount))
      case .regenerated:
        regenerations.append(
          Regeneration(
            fitting: column, minimumCount: plan.minimumLevelCount,
            isIdentifier: schema.variable(named: step.variable)?.isMadeAnew ?? true))
      case .replaced:
        regenerations.append(Regeneration(replacing: column))
      }
    }
    self.init(
      schema: schema, plan: plan, fittedRowCount: table.rowCount, derivations: derivations,
      regenerations: regenerations)
  }

  /// A column that would show single rows is not learned, whatever the plan says.
  private static func refuseRare(
    _ step: PlanStep, _ binned: BinnedTable, minimumCount: Int
  ) throws(DataError) {
    guard let variable = binned.variable(named: step.variable) else { return }
    let missingCount = variable.layout.missingReasons.count
    let present =
      missingCount == 0
      ? variable.codes.count : variable.codes.count { Int($0) >= missingCount }
    var isShown = present == 0 || present >= minimumCount
    if case .levels(let levels) = variable.layout.content, present > 0, levels.count == 0 {
      isShown = false
    }
    guard isShown else {
      throw DataError(
        "the plan learns a variable of which fewer than \(minimumCount) rows have, or share, a value",
        column: step.variable, remedy: "Change the action of its step to \"regenerated\".")
    }
  }
}

extension Plan {
  /// The steps of variables that are drawn, in the order of the plan.
  package var drawnSteps: [PlanStep] {
    steps.filter { $0.action == .learned || $0.action == .constant }
  }
}

extension Variable {
  /// Whether values identify a row or are free text.
  fileprivate var isMadeAnew: Bool { role == .identifier || role == .key || kind == .text }
}
