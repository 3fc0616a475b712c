// SPDX-License-Identifier: Apache-2.0
public import Schemas
public import Synthesis
public import Tables
public import TreeSynthesis

/// A plan made for a table, and the model fitted by it.
public struct Fit: Sendable {
  /// The plan.
  public let plan: Plan
  /// The model.
  public let model: TreeModel

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
    guard table.columnCount > 0, table.rowCount > 0 else {
      throw DataError(
        "the table has no rows, so there is nothing to learn",
        remedy: "Give a file with a header and at least one row.")
    }
    let minimum =
      given?.minimumLevelCount ?? options.plan.levelCount(forRowCount: table.rowCount)
    let binned = try BinnedTable(
      table, schema: schema, binner: Binner(minimumWeight: Double(minimum)))
    plan =
      given
      ?? Planner(options: options.plan).plan(
        table, schema: schema, binned: binned, method: TreeSynthesizer.method)
    model = try TreeSynthesizer(options: options.trees, threads: options.threads).fit(
      table, binned: binned, schema: schema, plan: plan, progress: progress)
  }
}
