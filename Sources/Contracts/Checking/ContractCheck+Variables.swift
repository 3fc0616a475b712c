// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics
import Randomness
import Synthesis
import Tables

extension ContractCheck {
  /// The results of a clause on one variable.
  func results(of clause: VariableClause) -> [ClauseResult] {
    if clause.isReplaced { return [replaced(clause)] }
    var results: [ClauseResult] = []
    let features = clause.faithful ?? []
    if features.contains(.structure) { results.append(structure(clause)) }
    if features.contains(.distribution) { results.append(distribution(clause)) }
    if features.contains(.missingness) { results.append(missingness(clause)) }
    if features.contains(.moments) {
      results.append(moment(clause, .mean, limit(clause, .mean)))
      results.append(moment(clause, .sd, limit(clause, .sd)))
    }
    for limit in clause.limits where !isCovered(limit.measure, features, clause) {
      results.append(stated(limit, clause))
    }
    if clause.transforms.contains(where: \.isTail) { results.append(tails(clause)) }
    return results
  }

  private func limit(_ clause: VariableClause, _ measure: LimitMeasure) -> Limit? {
    clause.limits.first { $0.measure == measure }
  }

  /// Whether a feature's own result already bears a stated limit.
  private func isCovered(
    _ measure: LimitMeasure, _ features: [FaithfulFeature], _ clause: VariableClause
  ) -> Bool {
    switch measure {
    case .ks, .tv:
      features.contains(.distribution)
        && measure.rawValue == (fidelityColumn(clause.name)?.measure ?? measure.rawValue)
    case .missingness: features.contains(.missingness)
    case .mean, .sd: features.contains(.moments)
    default: false
    }
  }

  private func fidelityColumn(_ name: String) -> ColumnFidelity? {
    fidelity?.columns.first { $0.name == name }
  }

  // MARK: Features

  private func replaced(_ clause: VariableClause) -> ClauseResult {
    let step = plan.step(for: clause.name)
    let users = plan.steps.count { $0.predictors.contains(clause.name) }
    return ClauseResult(
      "\(clause.name): replaced, nothing of it learned", line: clause.place.line,
      measure: "statistics learned from it",
      figure: Double((step?.action == .replaced ? 0 : 1) + users),
      limit: 0,
      note: clause.provider.map { "values of the provider \"\($0)\"" })
  }

  private func structure(_ clause: VariableClause) -> ClauseResult {
    var departures = 0
    let made = synthetic.column(named: clause.name)
    if made?.values.typeName != real.column(named: clause.name)?.values.typeName { departures += 1 }
    let action = plan.step(for: clause.name)?.action
    let isGrouped = clause.transforms.contains {
      if case .group = $0 { return true }
      return false
    }
    if action == .learned || action == .constant, let column = aligned[clause.name],
      !column.isContinuous
    {
      let known = Set(column.sides[0].codes)
      departures += Set(column.sides[1].codes).count { code in
        code != 0 && !known.contains(code)
          && !(isGrouped && column.levels[Int(code) - 1] == TransformedTable.otherLevel)
      }
    }
    return ClauseResult(
      "\(clause.name): structure", line: clause.place.line,
      measure: Self.structureMeasure, figure: Double(departures), limit: 0)
  }

  private func distribution(_ clause: VariableClause) -> ClauseResult {
    let name = "\(clause.name): distribution"
    guard let column = fidelityColumn(clause.name) else { return notMeasured(name, clause) }
    let stated = clause.limits.first { $0.measure.rawValue == column.measure }
    return result(name, clause, column.measure, column.distance, stated?.value)
  }

  private func missingness(_ clause: VariableClause) -> ClauseResult {
    let name = "\(clause.name): missingness"
    guard let column = fidelityColumn(clause.name) else { return notMeasured(name, clause) }
    let stated = limit(clause, .missingness)?.value ?? (clause.isPurposes ? 0.05 : nil)
    return result(name, clause, "difference of shares", column.missingness, stated)
  }

  private func result(
    _ name: String, _ clause: VariableClause, _ measure: String, _ score: Score, _ stated: Double?
  ) -> ClauseResult {
    let line = clause.place.line
    guard let value = score.value else {
      return ClauseResult(name, line: line, notComputable: score.reason ?? "there is no figure")
    }
    let ceiling = score.limit.map { $0 * Self.ceilingFactor }
    // A purpose promises nothing that fresh real rows would not keep either.
    let left = clause.isPurposes && measure == "tv" ? rareShare(clause.name) : 0
    let limit =
      clause.isPurposes ? stated.map { max($0, (ceiling ?? 0) + left) } : (stated ?? ceiling)
    guard let limit else {
      return ClauseResult(
        name, line: line, notComputable: "no limit is stated, and there is no reference to set one")
    }
    return ClauseResult(
      name, line: line, measure: measure, figure: value, limit: limit, reference: score.reference,
      note: left > 0 ? Self.rareNote : nil)
  }

  /// Why a limit is wider than the purpose says.
  static let rareNote = "levels too rare to show count in the limit"

  /// The share of the real rows whose level is held by too few to be shown.
  func rareShare(_ name: String) -> Double {
    guard let column = aligned[name], !column.isContinuous, column.sides[0].presentCount > 0 else {
      return 0
    }
    var counts = [Int](repeating: 0, count: column.levels.count + 1)
    for code in column.sides[0].codes where code != 0 { counts[Int(code)] += 1 }
    let rare = counts.reduce(0) { $0 + ($1 < plan.minimumLevelCount ? $1 : 0) }
    return Double(rare) / Double(column.sides[0].presentCount)
  }

  private func notMeasured(_ name: String, _ clause: VariableClause) -> ClauseResult {
    let reason =
      fidelity?.skipped.first { $0.name == clause.name }?.reason
      ?? (fidelity == nil ? "fidelity was not measured" : "it was not compared")
    return ClauseResult(name, line: clause.place.line, notComputable: reason)
  }

  // MARK: Limits

  private func stated(_ limit: Limit, _ clause: VariableClause) -> ClauseResult {
    let name = "\(clause.name): \(limit.measure.rawValue)"
    guard let column = aligned[clause.name] else { return notMeasured(name, clause) }
    switch limit.measure {
    case .tv:
      let cells = JointCells([CodedVariable(column)])
      let references = cells.references(Self.referenceCount, key: key)
      return ClauseResult(
        name, line: clause.place.line, measure: "tv", figure: cells.totalVariation,
        limit: limit.value, reference: Self.mean(references))
    case .missingness: return missingness(clause)
    case .mean, .sd: return moment(clause, limit.measure, limit)
    case .ks, .wasserstein, .quantile:
      guard column.isContinuous else {
        return ClauseResult(
          name, line: clause.place.line,
          notComputable: "\(limit.measure.rawValue) is for values on a scale, and these are levels")
      }
      let (first, second) = (
        column.sides[0].presentValues.sorted(), column.sides[1].presentValues.sorted()
      )
      let figure = Self.distance(limit.measure, first, second)
      guard let figure else { return notMeasured(name, clause) }
      return ClauseResult(
        name, line: clause.place.line, measure: limit.measure.rawValue, figure: figure,
        limit: limit.value, isInUnit: limit.measure != .ks)
    default: return notMeasured(name, clause)
    }
  }

  private static func distance(
    _ measure: LimitMeasure, _ first: [Double], _ second: [Double]
  ) -> Double? {
    switch measure {
    case .ks: return EmpiricalDistance.kolmogorovSmirnov(sorted: first, sorted: second)
    case .wasserstein: return EmpiricalDistance.wasserstein(sorted: first, sorted: second)
    default:
      return [0.05, 0.25, 0.5, 0.75, 0.95].compactMap { p -> Double? in
        guard let a = Quantiles.quantile(p, ofSorted: first),
          let b = Quantiles.quantile(p, ofSorted: second)
        else { return nil }
        return (a - b).magnitude
      }.max()
    }
  }

  private func moment(
    _ clause: VariableClause, _ measure: LimitMeasure, _ stated: Limit?
  ) -> ClauseResult {
    let name = "\(clause.name): \(measure.rawValue)"
    let line = clause.place.line
    guard let column = aligned[clause.name], column.isContinuous else {
      return ClauseResult(name, line: line, notComputable: "it has no values on a scale")
    }
    func figure(_ values: [Double]) -> Double? {
      let moments = Moments(of: values)
      return measure == .mean ? moments?.mean : moments?.standardDeviation
    }
    let values = column.sides[0].presentValues
    guard let real = figure(values), let made = figure(column.sides[1].presentValues) else {
      return ClauseResult(name, line: line, notComputable: "too few values")
    }
    let size = column.sides[1].presentCount
    let draws = (0..<Self.referenceCount).compactMap { draw -> Double? in
      var stream = key.stream(clause.name).stream(entity: UInt64(draw))
      return figure(
        (0..<size).map { _ in values[Draws.integer(below: values.count, using: &stream)] }
      )
      .map { ($0 - real).magnitude }
    }.sorted()
    guard let ceiling = Quantiles.quantile(0.95, ofSorted: draws) else {
      return ClauseResult(name, line: line, notComputable: "too few values")
    }
    return ClauseResult(
      name, line: line, measure: "difference, in the variable’s unit",
      figure: (made - real).magnitude, limit: stated?.value ?? ceiling * Self.ceilingFactor,
      isInUnit: true, reference: Self.mean(draws))
  }

  static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  // MARK: Tails

  private func tails(_ clause: VariableClause) -> ClauseResult {
    let name = "\(clause.name): nothing beyond the limits of its extremes"
    guard let column = aligned[clause.name], column.isContinuous,
      let bounds = bounds(clause.name, clause.transforms)
    else {
      return ClauseResult(
        name, line: clause.place.line, notComputable: "it has no values on a scale")
    }
    let beyond = column.sides[1].presentValues.count { !bounds.contains($0) }
    return ClauseResult(
      name, line: clause.place.line, measure: "values beyond", figure: Double(beyond), limit: 0)
  }

  /// The range of the real values after the transforms.
  func bounds(_ name: String, _ transforms: [PlanTransform]) -> ClosedRange<Double>? {
    let step = (variable: name, transforms: transforms)
    guard let column = real.column(named: name),
      let changed = try? TransformedTable(
        Table(columns: [column]), steps: [step], minimumCount: plan.minimumLevelCount
      ).table.columns.first
    else { return nil }
    let values = changed.values.scaleValues.enumerated()
      .filter { !changed.missing.isMissing(at: $0.offset) }.map(\.element)
    guard let low = values.min(), let high = values.max() else { return nil }
    return low...high
  }
}

extension PlanTransform {
  /// Whether the transform bounds a tail.
  fileprivate var isTail: Bool {
    switch self {
    case .topCode, .bottomCode, .topCodeAt, .bottomCodeAt: true
    case .round, .group, .shiftDates: false
    }
  }
}
