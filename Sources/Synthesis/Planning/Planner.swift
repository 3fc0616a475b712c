// SPDX-License-Identifier: Apache-2.0
public import Schemas
public import Tables

/// Decides what is done with each variable: order, action, predictors and constraints, with reasons.
public struct Planner: Sendable {
  /// What an owner said.
  public var options: PlanOptions

  /// Creates a planner.
  public init(options: PlanOptions = PlanOptions()) { self.options = options }

  /// Returns the plan for a table.
  ///
  /// - Parameters:
  ///   - table: The real rows.
  ///   - schema: What the columns mean.
  ///   - binned: The table's bins, made with this plan's minimum counts.
  ///   - method: The name of the method that will learn.
  public func plan(_ table: Table, schema: Schema, binned: BinnedTable, method: String) -> Plan {
    var actions: [String: (action: PlanAction, reason: String)] = [:]
    let minimum = options.levelCount(forRowCount: table.rowCount)
    for variable in schema.variables {
      if let fixed = fixedAction(of: variable, in: binned, minimum: minimum) {
        actions[variable.name] = fixed
      }
    }
    let free = table.columns.filter { actions[$0.name] == nil }
    var finder = RelationFinder(columns: free, schema: schema, binned: binned)
    let relations = finder.find()
    for (name, relation) in relations {
      actions[name] = (.derived(relation), "holds in every row: \(name) \(relation.description)")
    }
    let learned = visitOrder(
      table.columnNames.filter { actions[$0] == nil }, binned: binned)
    let screen = PredictorScreen(binned: binned, maximumCount: options.maximumPredictorCount)
    let learnedColumns = table.columns.filter { actions[$0.name] == nil }
    let constraints = constraints(among: learnedColumns, order: learned, binned: binned)
    var steps: [PlanStep] = []
    for (place, name) in learned.enumerated() {
      let predictors = screen.predictors(of: name, among: Array(learned[..<place]))
      let own = constraints[name] ?? []
      var reasons = [
        place == 0
          ? "visited first: it has the fewest values, and every other variable can then depend on it"
          : "learned from \(predictors.count) of the \(place) variables before it"
      ]
      reasons += own.map { "holds in every row: \($0.description)" }
      steps.append(
        PlanStep(
          variable: name, action: .learned, predictors: predictors, constraints: own,
          reasons: reasons))
    }
    let derived = relations.map(\.name)
    for name in derived + table.columnNames.filter({ !derived.contains($0) }) {
      guard let (action, reason) = actions[name] else { continue }
      steps.append(PlanStep(variable: name, action: action, reasons: [reason]))
    }
    return Plan(
      method: method, steps: steps, minimumLeafCount: options.minimumLeafCount,
      minimumLevelCount: minimum, notes: notes(rowCount: table.rowCount, minimum: minimum))
  }

  private func notes(rowCount: Int, minimum: Int) -> [String] {
    if rowCount < minimum {
      return [
        "the table has fewer rows than the \(minimum) that anything shown must rest on, so all "
          + "values are made up; only names, kinds and written forms of the columns are kept"
      ]
    }
    if rowCount < 2 * options.minimumLeafCount {
      return [
        "the table has fewer rows than two leaves of \(options.minimumLeafCount), so each variable "
          + "is drawn from its own distribution, and only exact relations between variables are kept"
      ]
    }
    return []
  }

  // MARK: Actions

  private func fixedAction(
    of variable: Variable, in binned: BinnedTable, minimum: Int
  ) -> (action: PlanAction, reason: String)? {
    if variable.role == .identifier || variable.role == .key {
      return (.regenerated, "identifies a record, so its values are made anew")
    }
    if variable.kind == .text {
      return (.regenerated, "free or nearly unique text, so only its pattern is kept")
    }
    guard let bins = binned.variable(named: variable.name) else { return nil }
    let missingCount = bins.layout.missingReasons.count
    let present = bins.codes.count { Int($0) >= missingCount }
    if present > 0, present < minimum {
      return (.regenerated, "fewer than \(minimum) rows have a value, so values are made up")
    }
    if present > 0, case .levels(let levels) = bins.layout.content, levels.count == 0 {
      return (.regenerated, "no level is held by \(minimum) rows, so levels are made up")
    }
    if bins.layout.binCount <= 1, let first = bins.codes.first,
      bins.codes.allSatisfy({ $0 == first })
    {
      return (.constant, "has the same value, or none, in every row")
    }
    return nil
  }

  // MARK: Order

  /// Few values first: what splits the table coarsely is asked by all that is finer.
  private func visitOrder(_ names: [String], binned: BinnedTable) -> [String] {
    let sizes = names.map { binned.variable(named: $0)?.layout.valueCountForOrder ?? 0 }
    return names.indices.sorted { (sizes[$0], $0) < (sizes[$1], $1) }.map { names[$0] }
  }

  // MARK: Constraints

  private func constraints(
    among columns: [Column], order: [String], binned: BinnedTable
  ) -> [String: [PlanConstraint]] {
    var places: [String: Int] = [:]
    for (place, name) in order.enumerated() { places[name] = place }
    var found: [String: [PlanConstraint]] = [:]
    let scales = columns.compactMap(ScaleColumn.init)
    for (upper, lower) in OrderFinder(columns: scales).orders() {
      let high = scales[upper].name
      let low = scales[lower].name
      guard let highPlace = places[high], let lowPlace = places[low],
        binned.variable(named: high)?.layout.isScale == true,
        binned.variable(named: low)?.layout.isScale == true
      else { continue }
      if highPlace > lowPlace {
        found[high, default: []].append(.atLeast(low))
      } else {
        found[low, default: []].append(.atMost(high))
      }
    }
    let finder = MissingRouteFinder(binned: binned)
    for (place, name) in order.enumerated() {
      if let source = finder.source(of: name, among: Array(order[..<place])) {
        found[name, default: []].append(.missingFollows(source))
      }
    }
    return found
  }
}
