// SPDX-License-Identifier: Apache-2.0
public import Learners
public import Schemas
public import Synthesis
public import Tables

/// Learns each variable's distribution given the variables visited before it, as trees on bins.
public struct TreeSynthesizer: Sendable {
  /// The name of the default method in plans and catalogues: one tree a variable.
  public static let method = "trees"
  /// The name of the method that boosts trees at each cut of a hierarchy of bins.
  public static let boostingMethod = "boosting"
  /// The name of the choice among these for each variable, by rows that none learned from.
  public static let automaticMethod = "auto"
  /// The names of all methods.
  public static let methods = learners + [automaticMethod]
  /// The names of the methods that learn a variable, each also for single steps of a plan.
  public static let learners =
    [method, boostingMethod] + DistributionMethods.all.map { $0.method }

  /// Whether fewer rows a leaf, or a group of whatever kind, make what a method learns finer.
  public static func hasGroups(_ method: String) -> Bool {
    DistributionMethods.named(method)?.hasGroups ?? true
  }

  /// How far trees grow; the plan's minimum leaf count takes the place of the one here.
  public var options: TreeOptions
  /// How ensembles grow where the plan's method is boosting; the plan's minimum leaf count takes the
  /// place of the one here.
  public var boosting: HierarchyOptions
  /// How many threads may work.
  public var threads: Int
  /// The rows of the trial run by which margins are kept; tests that need no exact margins take fewer.
  var trialRowCount = MarginCalibration.rowCount

  /// Creates a synthesizer.
  public init(
    options: TreeOptions = TreeOptions(), boosting: HierarchyOptions = HierarchyOptions(),
    threads: Int = 1
  ) {
    self.options = options
    self.boosting = boosting
    self.threads = threads
  }

  /// Returns the model of a table.
  ///
  /// - Parameters:
  ///   - table: The real rows.
  ///   - binned: The table's bins, made with the plan's minimum counts.
  ///   - schema: What the columns mean.
  ///   - plan: What to do with each variable.
  ///   - progress: What hears how far fitting is.
  /// - Throws: `DataError` if the table has no rows, or the plan names what it has not.
  public func fit(
    _ table: Table, binned: BinnedTable, schema: Schema, plan: Plan,
    progress: ProgressHandler = .silent
  ) throws(DataError) -> TreeModel {
    guard Self.methods.contains(plan.method) else {
      throw DataError(
        "the plan is for the method \"\(plan.method)\", which is not known",
        remedy: "Change the plan's method to one of: \(Self.methods.joined(separator: ", ")).")
    }
    let learned = plan.drawnSteps
    for step in learned { try refuseUnknown(step) }
    let frame = try ModelFrame(fitting: table, binned: binned, schema: schema, plan: plan)
    let forest = try VariableFitting(
      steps: learned, binned: binned, options: options(for: plan), boosting: boosting(for: plan),
      method: plan.method, schema: schema, trialRowCount: trialRowCount)
    return TreeModel(
      frame: frame, variables: forest.fit(threads: threads, progress: progress))
  }

  /// How trees grow under a plan.
  func options(for plan: Plan) -> TreeOptions {
    var options = options
    options.minimumLeafWeight = Double(plan.minimumLeafCount)
    return options
  }

  /// How ensembles grow under a plan.
  func boosting(for plan: Plan) -> HierarchyOptions {
    var boosting = boosting
    boosting.minimumLeafCount = max(plan.minimumLeafCount, HierarchyOptions.leastLeafCount)
    return boosting
  }

  private func refuseUnknown(_ step: PlanStep) throws(DataError) {
    let known = Self.learners
    guard let method = step.method, !known.contains(method) else { return }
    throw DataError(
      "the plan learns a variable by the method \"\(method)\", which is not known",
      column: step.variable,
      remedy: "Change the method of its step to one of: \(known.joined(separator: ", ")).")
  }
}
