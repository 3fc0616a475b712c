// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Tables

extension SimulationCheck {
  /// The most standard errors by which a coefficient may miss the true effect; chance exceeds it in 0.3 %.
  static let effectLimit = 3.0

  /// The results of a model: whether the data handed out give what the complete data give, and whether a
  /// coefficient is the true effect where the model knows that.
  func analysis(_ clause: AnalysisClause) -> [ClauseResult] {
    let name = "analysis \(clause.model) (\(clause.family.rawValue))"
    let line = clause.place.line
    let places = known([clause.response] + clause.terms)
    guard let first = places.first else { return [] }
    let complete = truth.complete[tables.tables[first.table].name]
    let columns = places.compactMap { aligned($0, other: complete) }
    guard columns.count == places.count,
      let design = AnalysisDesign(
        response: columns[0], terms: Array(columns.dropFirst()),
        isBinomial: clause.family == .binomial),
      let seen = design.fit(side: 1)
    else {
      return [
        ClauseResult(
          name, line: line, notComputable: "the model cannot be fitted to the table by this family")
      ]
    }
    var results: [ClauseResult] = []
    if complete == nil {
      results.append(
        ClauseResult(
          name, line: line,
          notComputable: "the model knows no coefficients, and nothing lies behind the data"))
    } else if let overlap = CoefficientOverlap(design) {
      results.append(
        ClauseResult(
          name, line: line, measure: "mean overlap of 95 % intervals with the complete data",
          figure: overlap.mean, limit: clause.overlap, isFloor: true,
          note: "over \(overlap.count) coefficients"))
    } else {
      results.append(
        ClauseResult(
          name, line: line, notComputable: "the model cannot be fitted to the complete data"))
    }
    guard clause.family == .gaussian else { return results }
    for effect in truth.effects {
      guard known([effect.outcome]).first == first,
        let treatment = known([effect.treatment]).first,
        let term = places.dropFirst().firstIndex(of: treatment),
        let result = compare(effect, seen, design, term: term - 1, clause)
      else { continue }
      results.append(result)
    }
    return results
  }

  /// A coefficient beside the true effect; nil where the effect is no single coefficient.
  private func compare(
    _ effect: KnownEffect, _ seen: [AnalysisDesign.Coefficient?], _ design: AnalysisDesign,
    term: Int, _ clause: AnalysisClause
  ) -> ClauseResult? {
    guard let (place, factor) = design.contrast(of: term, from: effect.from, to: effect.to),
      let coefficient = seen[place], coefficient.error > 0
    else { return nil }
    let distance = coefficient.value * factor - effect.value
    func short(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
    return ClauseResult(
      "analysis \(clause.model): \(effect.treatment) as the true effect", line: clause.place.line,
      measure: "standard errors from the true effect",
      figure: distance.magnitude / (coefficient.error * factor.magnitude), limit: Self.effectLimit,
      note: "the coefficient gives \(short(coefficient.value * factor)), the true mean effect of "
        + "\(effect.treatment) from \(effect.from) to \(effect.to) is \(short(effect.value))")
  }
}
