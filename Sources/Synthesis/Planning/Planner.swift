// SPDX-License-Identifier: Apache-2.0
public import Schemas
public import Tables

/// Decides what is done with each variable: order, action, predictors and constraints, with reasons.
public struct Planner: Sendable {
  /// What an owner said.
  public var options: PlanOptions
  /// What the plan may not do, and what it must.
  public var restrictions: PlanRestrictions
  /// Whether the one variable of few values among smooth scales is visited last, and so asked of all of them.
  ///
  /// What tells such a class from numbers is then learned as a classifier does, which methods that classify
  /// well do better than they learn what each class says of each number.
  public var visitsLoneClassLast = false

  /// Creates a planner.
  public init(
    options: PlanOptions = PlanOptions(), restrictions: PlanRestrictions = PlanRestrictions()
  ) {
    self.options = options
    self.restrictions = restrictions
  }

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
      if restrictions.replaced.contains(variable.name) {
        actions[variable.name] = (.replaced, "not to be faithful, so nothing of it is learned")
      } else if let fixed = fixedAction(of: variable, in: binned, minimum: minimum) {
        actions[variable.name] = fixed
      }
    }
    let free = table.columns.filter { actions[$0.name] == nil }
    var finder = RelationFinder(columns: free, schema: schema, binned: binned)
    let independence = PlannedIndependence(
      restrictions.independent.filter { actions[$0.first] == nil && actions[$0.second] == nil },
      relations: finder.find())
    let relations = independence.relations.filter { restrictions.balance[$0.name] == nil }
    var gate = IndependenceGate(independence.pairs)
    for (name, relation) in relations {
      actions[name] = (.derived(relation), "holds in every row: \(name) \(relation.description)")
    }
    let (learned, isSparse, lone) = visitOrder(
      table.columnNames.filter { actions[$0] == nil }, binned: binned, gate: gate)
    let screen = PredictorScreen(binned: binned, maximumCount: options.maximumPredictorCount)
    let learnedColumns = table.columns.filter { actions[$0.name] == nil }
    let constraints = constraints(
      among: learnedColumns, order: learned, binned: binned, restricted: gate.names)
    var steps: [PlanStep] = []
    for (place, name) in learned.enumerated() {
      let before = Array(learned[..<place])
      let permitted = permitted(for: name, among: before, gate: gate, isSparse: isSparse)
      let screened = Set(screen.predictors(of: name, among: permitted)).union(needed(by: name))
      let predictors = permitted.filter(screened.contains)
      gate.visit(name, from: predictors)
      let own = constraints[name] ?? []
      var reasons = [reason(name, place, predictors, permitted, isFirst: before.isEmpty)]
      if restrictions.leading.contains(name) {
        reasons.append("visited early: it is kept as it is, and others are drawn given it")
      } else if name == lone {
        reasons.append("visited last: the only class, it is told from all numbers together")
      }
      reasons += own.map { "holds in every row: \($0.description)" }
      reasons +=
        restrictions.transforms[name]?.map { "before it is learned, \($0.description)" } ?? []
      steps.append(
        PlanStep(
          variable: name, action: .learned, predictors: predictors, constraints: own,
          transforms: restrictions.transforms[name] ?? [],
          balance: restrictions.balance[name] ?? [:], reasons: reasons))
    }
    let derived = relations.map(\.name)
    for name in derived + table.columnNames.filter({ !derived.contains($0) }) {
      guard let (action, reason) = actions[name] else { continue }
      steps.append(
        PlanStep(
          variable: name, action: action,
          transforms: action == .replaced ? [] : restrictions.transforms[name] ?? [],
          reasons: [reason]))
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
  ///
  /// Before them come variables that are balanced, whose margins are set, and variables that must be
  /// independent of others, so that all the rest may depend on both.
  private func visitOrder(
    _ names: [String], binned: BinnedTable, gate: IndependenceGate
  ) -> (names: [String], isSparse: Bool, lone: String?) {
    let sizes = names.map { binned.variable(named: $0)?.layout.valueCountForOrder ?? 0 }
    let order = names.indices.sorted { (sizes[$0], $0) < (sizes[$1], $1) }.map { names[$0] }
    let balanced = order.filter { restrictions.balance[$0] != nil }
    let (independent, isSparse) = gate.order(
      order.filter(gate.names.contains), together: restrictions.together)
    var rest = order.filter { !balanced.contains($0) && !gate.names.contains($0) }
    let lone = visitsLoneClassLast ? loneClass(among: rest, of: order, binned: binned) : nil
    if let lone {
      rest.removeAll { $0 == lone }
      rest.append(lone)
    }
    let leading = restrictions.leading
    rest = rest.filter(leading.contains) + rest.filter { !leading.contains($0) }
    return (balanced + independent.filter { !balanced.contains($0) } + rest, isSparse, lone)
  }

  /// The one variable of few values where all others are smooth scales.
  private func loneClass(
    among names: [String], of all: [String], binned: BinnedTable
  ) -> String? {
    var found: String?
    for name in all {
      guard let layout = binned.variable(named: name)?.layout else { return nil }
      if layout.isClass {
        guard found == nil, names.contains(name) else { return nil }
        found = name
      } else if !layout.isSmooth {
        return nil
      }
    }
    return all.count > 2 ? found : nil
  }

  // MARK: Predictors

  /// The visited variables that a variable may be learned from.
  private func permitted(
    for name: String, among candidates: [String], gate: IndependenceGate, isSparse: Bool
  ) -> [String] {
    guard restrictions.learnsRelationships else { return [] }
    guard gate.names.contains(name) else { return candidates }
    let needed = needed(by: name)
    return candidates.filter {
      gate.permits($0, for: name) && (!isSparse || needed.contains($0))
    }
  }

  /// The variables whose relationship with one must be learned.
  private func needed(by name: String) -> Set<String> {
    Set(restrictions.together.compactMap { $0.other(than: name) })
  }

  private func reason(
    _ name: String, _ place: Int, _ predictors: [String], _ permitted: [String], isFirst: Bool
  ) -> String {
    if !restrictions.learnsRelationships {
      return "drawn from its own distribution: the purpose learns no relationships"
    }
    if let shares = restrictions.balance[name], !shares.isEmpty, isFirst {
      return
        "visited first: its levels are balanced, and all other variables can then depend on them"
    }
    let partners = restrictions.independent.compactMap { $0.other(than: name) }
    if !partners.isEmpty {
      return "learned from \(predictors.count) of the \(place) variables before it, from none that "
        + "could tie it to \(partners.joined(separator: ", ")), of which it must be independent"
    }
    return isFirst
      ? "visited first: it has the fewest values, and every other variable can then depend on it"
      : "learned from \(predictors.count) of the \(place) variables before it"
  }

  // MARK: Constraints

  private func constraints(
    among columns: [Column], order: [String], binned: BinnedTable, restricted: Set<String>
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
      // A limit ties the later variable to the earlier one, which a restricted one must not be.
      if restricted.contains(highPlace > lowPlace ? high : low) { continue }
      if highPlace > lowPlace {
        found[high, default: []].append(.atLeast(low))
      } else {
        found[low, default: []].append(.atMost(high))
      }
    }
    let finder = MissingRouteFinder(binned: binned)
    for (place, name) in order.enumerated() where !restricted.contains(name) {
      if let source = finder.source(of: name, among: Array(order[..<place])) {
        found[name, default: []].append(.missingFollows(source))
      }
    }
    return found
  }
}
