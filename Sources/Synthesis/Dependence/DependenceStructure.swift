// SPDX-License-Identifier: Apache-2.0
import Numerics
public import Schemas
public import Tables

/// Which variables of a table hang on which, of those that its plan lets them hang on, and how much.
///
/// Figures are of the rows they are reckoned from: of synthetic rows they tell what these hold.
///
/// ## Source
/// The share explained is the uncertainty coefficient 1 − H(v | u) / H(v) (Theil, "On the estimation of
/// relationships involving qualitative variables", *American Journal of Sociology* 76, 1970) on up to 16 classes
/// a variable, with entropies corrected by Miller and Madow (1955).
public struct DependenceStructure: Hashable, Sendable {
  /// One variable that says something of another.
  public struct Arc: Hashable, Sendable {
    /// The variable that is visited before.
    public var source: String
    /// The variable that hangs on it.
    public var target: String
    /// The share of the target's entropy that the source explains, in 0...1.
    public var share: Double
    /// Whether the target follows from the source, and others perhaps, in every row.
    public var isExact: Bool
  }

  /// The most sources of a variable that are told.
  public static let mostSources = 3
  /// The least share that is told.
  public static let leastShare = 0.02
  /// The rows that are looked at.
  public static let rowCount = 10_000

  /// The variables that are learned or computed, in the order in which they are visited.
  public var names: [String]
  /// The arcs, by the order of their targets, the strongest first.
  public var arcs: [Arc]

  /// Looks at the first rows of a table.
  ///
  /// A plan without predictors, as joint methods have it, lets each variable hang on all that come before it.
  ///
  /// - Throws: `DataError` if the schema names no variable for a column.
  public init(of table: Table, schema: Schema, plan: Plan) throws(DataError) {
    let steps = plan.steps.filter { step in
      if case .derived = step.action { return true }
      return step.action == .learned
    }
    names = steps.map(\.variable)
    let own = Set(names)
    let part = Table(
      name: table.name, columns: table.columns.filter { own.contains($0.name) },
      rowCount: table.rowCount)
    let rows = Array(0..<min(table.rowCount, Self.rowCount))
    let binned = try BinnedTable(
      part.selecting(rows: rows), schema: schema, binner: Binner(minimumWeight: 5))
    var classes: [String: [UInt8]] = [:]
    for variable in binned.variables { classes[variable.name] = PredictorScreen.pooled(variable) }
    let hasPredictors = plan.steps.contains { !$0.predictors.isEmpty }
    arcs = []
    for (place, step) in steps.enumerated() {
      if case .derived(let relation) = step.action {
        arcs += relation.sources.map {
          Arc(source: $0, target: step.variable, share: 1, isExact: true)
        }
        continue
      }
      guard let target = classes[step.variable] else { continue }
      let sources = hasPredictors ? step.predictors : Array(names[..<place])
      let found = sources.compactMap { source -> Arc? in
        guard let other = classes[source] else { return nil }
        let share = PredictorScreen.explainedShare(of: target, by: other)
        return share < Self.leastShare
          ? nil : Arc(source: source, target: step.variable, share: share, isExact: false)
      }
      arcs += found.sorted { ($1.share, $0.source) < ($0.share, $1.source) }
        .prefix(Self.mostSources)
    }
  }
}
