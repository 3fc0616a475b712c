// SPDX-License-Identifier: Apache-2.0
import Contracts
import JointSynthesis
public import Schemas
public import Synthesis
public import Tables
import TreeSynthesis

/// A plan made for a table, and the model fitted by it.
public struct Fit: Sendable {
  /// The plan.
  public let plan: Plan
  /// The model.
  public let model: any StorableModel
  /// The methods that were chosen for variables, where the plan's method chooses.
  let chosen: ChosenMethods?

  /// Plans and fits.
  ///
  /// - Parameters:
  ///   - table: The real rows; missing codes are missing cells.
  ///   - schema: What the columns mean.
  ///   - given: A plan to follow; `nil` makes one for this table.
  ///   - options: How to plan and to fit.
  ///   - progress: What hears how far fitting is.
  /// - Throws: `DataError` if there is nothing to learn, or the plan does not suit the table.
  public init(
    _ table: Table, schema: Schema, plan given: Plan? = nil, options: FitOptions,
    progress: ProgressHandler = .silent
  ) throws(DataError) {
    try Self.refuseEmpty(table)
    let planned = try PlannedTable(
      table, schema: schema, plan: given, options: options, progress: progress)
    plan = planned.plan
    chosen = planned.chosen
    model =
      JointSynthesizer.methods.contains(plan.method)
      ? try JointSynthesizer(threads: options.threads).fit(
        planned.seen, binned: planned.binned, schema: schema, plan: plan, progress: progress)
      : try TreeSynthesizer(options: options.trees, threads: options.threads).fit(
        planned.seen, binned: planned.binned, schema: schema, plan: plan, progress: progress)
  }

  static func refuseEmpty(_ table: Table) throws(DataError) {
    guard table.columnCount > 0, table.rowCount > 0 else {
      throw DataError(
        "the table has no rows, so there is nothing to learn",
        remedy: "Give a file with a header and at least one row.")
    }
  }
}

/// A plan with what a method may see of the table.
struct PlannedTable {
  /// The plan.
  let plan: Plan
  /// The rows after the plan's transforms.
  let seen: Table
  /// Their bins.
  let binned: BinnedTable
  /// The methods that were chosen for variables, where the plan's method chooses.
  let chosen: ChosenMethods?

  /// Plans, or takes the plan that is given.
  init(
    _ table: Table, schema: Schema, plan given: Plan?, options: FitOptions,
    progress: ProgressHandler = .silent
  ) throws(DataError) {
    let planOptions = options.planOptions
    let minimum = given?.minimumLevelCount ?? planOptions.levelCount(forRowCount: table.rowCount)
    var restrictions = options.contract?.restrictions(for: schema) ?? PlanRestrictions()
    // Whatever hangs on how a sample was drawn can only be learned given it.
    restrictions.leading =
      options.leading.isEmpty
      ? Set(
        schema.variables.filter { $0.role == .stratum || $0.role == .cluster }.map(\.name))
      : options.leading
    let transforms =
      given?.steps.map { (variable: $0.variable, transforms: $0.transforms) }
      ?? restrictions.transforms.map { (variable: $0.key, transforms: $0.value) }
    // Only what is left after the transforms is ever looked at, by the plan as by the method.
    seen = try TransformedTable(table, steps: transforms, minimumCount: minimum).table
    binned = try BinnedTable(
      seen, schema: schema, binner: Binner(minimumWeight: Double(minimum)),
      threads: options.threads)
    var planner = Planner(options: planOptions, restrictions: restrictions)
    planner.visitsLoneClassLast = [
      TreeSynthesizer.boostingMethod, TreeSynthesizer.automaticMethod,
    ].contains(options.method)
    var made =
      given ?? planner.plan(seen, schema: schema, binned: binned, method: options.method)
    if given == nil, let contract = options.contract { made = try contract.completed(made) }
    try options.contract?.refuseTies(in: made)
    var chosen: ChosenMethods?
    if given == nil {
      if made.method == TreeSynthesizer.automaticMethod {
        var choice = MethodChoice(
          TreeSynthesizer(options: options.trees, threads: options.threads),
          within: options.choiceSeconds)
        // Where something must not depend on something else, or time is short, the plan's predictors are all.
        choice.mayWiden =
          restrictions.independent.isEmpty && restrictions.learnsRelationships
          && planOptions.maximumPredictorCount >= PlanOptions().maximumPredictorCount
        chosen =
          options.chosen ?? choice.chosen(for: made, binned: binned, progress: progress)
        if let chosen { made = made.taking(chosen) }
      }
      made = JointSynthesizer(threads: options.threads).planned(
        made, binned: binned, together: restrictions.together)
    }
    plan = made
    self.chosen = chosen
  }
}
