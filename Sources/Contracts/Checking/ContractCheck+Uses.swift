// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Formulas
import Numerics
import Synthesis

extension ContractCheck {
  // MARK: Outliers

  /// The results of what is said of outliers.
  func outliers() -> [ClauseResult] {
    guard let policy = contract.outliers else { return [] }
    let line = contract.outliersPlace.line
    switch policy {
    case .keep: return [coverage(line)]
    case .blur: return [blurred(line)]
    case .suppress: return [suppressed(line)]
    }
  }

  /// The results of what is done about rows that indicate a real record.
  func nearMatches() -> [ClauseResult] {
    let policy = contract.disclosure.nearMatches
    guard policy != .report else { return [] }
    let name = "rows that indicate a real record: \(policy.rawValue)"
    let line = contract.disclosure.place.line
    guard let remedy = disclosure?.remedy else {
      return [ClauseResult(name, line: line, notComputable: "disclosure was not measured")]
    }
    return [
      ClauseResult(
        name, line: line, measure: "rows still named", figure: Double(remedy.remainingRowCount),
        limit: 0)
    ]
  }

  /// The least share of a variable's outliers that came back, over variables with enough of them.
  private func coverage(_ line: Int?) -> ClauseResult {
    let name = "outliers: tails as heavy as the real ones"
    var least: Double?
    for clause in contract.variables {
      guard let column = aligned[clause.name], column.isContinuous else { continue }
      let (real, made) = (column.sides[0].presentValues, column.sides[1].presentValues)
      let sorted = real.sorted()
      guard let low = Quantiles.quantile(0.25, ofSorted: sorted),
        let high = Quantiles.quantile(0.75, ofSorted: sorted), !made.isEmpty
      else { continue }
      let fences = low - 1.5 * (high - low)...high + 1.5 * (high - low)
      let outside = real.count { !fences.contains($0) }
      guard outside >= 20 else { continue }
      let share = Double(made.count { !fences.contains($0) }) / Double(made.count)
      least = min(least ?? 1, share / (Double(outside) / Double(real.count)), 1)
    }
    guard let least else {
      return ClauseResult(
        name, line: line, notComputable: "no variable has twenty values beyond its fences")
    }
    return ClauseResult(
      name, line: line, measure: "least outlier coverage", figure: least, limit: 0.5, isFloor: true,
      note: "shares beyond the quartiles by more than one and a half of their distance")
  }

  private func blurred(_ line: Int?) -> ClauseResult {
    let name = "outliers: none of the real table comes back"
    guard let score = disclosure?.nearMatches else {
      return ClauseResult(name, line: line, notComputable: "disclosure was not measured")
    }
    guard let value = score.value, let ceiling = score.limit ?? score.reference else {
      return ClauseResult(
        name, line: line, notComputable: score.reason ?? "there is no control to compare with")
    }
    return ClauseResult(
      name, line: line, measure: "share of outliers with a near row", figure: value,
      limit: max(ceiling * Self.ceilingFactor, 0.05), reference: score.reference)
  }

  private func suppressed(_ line: Int?) -> ClauseResult {
    var beyond = 0
    for step in plan.steps {
      guard let column = aligned[step.variable], column.isContinuous, !step.transforms.isEmpty,
        let bounds = bounds(step.variable, step.transforms)
      else { continue }
      beyond += column.sides[1].presentValues.count { !bounds.contains($0) }
    }
    return ClauseResult(
      "outliers: nothing beyond the 1 % and 99 % quantiles", line: line, measure: "values beyond",
      figure: Double(beyond), limit: 0)
  }

  // MARK: Analyses

  /// The result of a model.
  func analysis(_ clause: AnalysisClause) -> ClauseResult {
    let name = "analysis \(clause.model) (\(clause.family.rawValue))"
    let terms = clause.terms.compactMap { aligned[$0] }
    guard let response = aligned[clause.response], terms.count == clause.terms.count,
      let overlap = CoefficientOverlap(response: response, terms: terms, family: clause.family)
    else {
      return ClauseResult(
        name, line: clause.place.line,
        notComputable: "the model cannot be fitted to both tables by this family")
    }
    return ClauseResult(
      name, line: clause.place.line, measure: "mean overlap of 95 % intervals",
      figure: overlap.mean, limit: clause.overlap, isFloor: true,
      note: "over \(overlap.count) coefficients")
  }

  // MARK: Rules

  /// The results of the rules: how many rows break each, beside the share of real rows that do.
  func rules() -> [ClauseResult] {
    contract.rules.map { clause in
      let name = "rule \(clause.text)"
      var single = contract
      single.rules = [clause]
      guard let made = try? single.compiledRules(for: synthetic, schema: schema).first,
        let known = try? single.compiledRules(for: real, schema: schema).first
      else {
        return ClauseResult(
          name, line: clause.place.line, notComputable: "the rule cannot be read for these rows")
      }
      let count = made.count(FormulaData(synthetic))
      let before = known.count(FormulaData(real))
      return ClauseResult(
        name, line: clause.place.line, measure: "rows that break it", figure: Double(count.broken),
        limit: 0, reference: before.broken > 0 ? Double(before.broken) : nil,
        note: note(clause, realBroken: before.broken))
    }
  }

  private func note(_ clause: RuleClause, realBroken: Int) -> String? {
    var notes: [String] = []
    if realBroken > 0 {
      notes.append("the reference is the number of real rows that break it themselves")
    }
    if !contract.mendableRules(in: plan).contains(clause) {
      notes.append(
        "rows were not drawn again for it, since choosing rows by it would tie variables whose "
          + "relationship is not kept")
    }
    return notes.isEmpty ? nil : notes.joined(separator: "; ")
  }
}
