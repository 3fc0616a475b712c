// SPDX-License-Identifier: Apache-2.0
import Dispatch
public import Learners
public import Schemas
public import Synthesis
public import Tables

/// Learns each variable's distribution given the variables visited before it, as trees on bins.
public struct TreeSynthesizer: Sendable {
  /// How far trees grow.
  public var options: TreeOptions
  /// How many threads may work.
  public var threads: Int

  /// Creates a synthesizer.
  public init(options: TreeOptions = TreeOptions(), threads: Int = 1) {
    self.options = options
    self.threads = threads
  }

  /// Returns the model of a table.
  public func fit(
    _ table: Table, schema: Schema, plan: Plan, progress: ProgressHandler = .silent
  ) throws(DataError) -> TreeModel {
    let binner = Binner(minimumWeight: Double(plan.minimumLevelCount))
    let learned = plan.steps.filter { $0.action == .learned }
    var binned: [BinnedVariable] = []
    for step in learned {
      guard let column = table.column(named: step.variable),
        let variable = schema.variable(named: step.variable)
      else {
        throw DataError(
          "the plan names a variable that the table does not have", column: step.variable,
          remedy: "Take the step out of the plan, or add the column.")
      }
      binned.append(binner.bin(column, as: variable))
    }
    let places = Dictionary(
      binned.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let allRows = (0..<table.rowCount).map { Int32($0) }
    let predictors = binned.map {
      TreePredictor(
        codes: $0.codes, binCount: max(1, $0.layout.binCount), isOrdered: $0.layout.isScale)
    }
    var options = options
    options.minimumLeafWeight = Double(plan.minimumLeafCount)
    let grower = TreeGrower(options: options)
    var variables: [FittedVariable] = []
    for (index, step) in learned.enumerated() {
      let asked = step.predictors.compactMap { places[$0] }
      let layout = binned[index].layout
      let target = TreeTarget(
        codes: binned[index].codes, binCount: max(1, layout.binCount),
        leadingNominalCount: layout.missingReasons.count, isOrdered: layout.isScale)
      let tree = grower.tree(of: target, on: asked.map { predictors[$0] }, rows: allRows)
      variables.append(
        FittedVariable(
          name: step.variable, layout: layout, predictors: asked, tree: tree, groupTrees: []))
      progress.report("fitting", index + 1, of: learned.count)
    }
    return TreeModel(
      schema: schema, plan: plan, fittedRowCount: table.rowCount, variables: variables)
  }
}
