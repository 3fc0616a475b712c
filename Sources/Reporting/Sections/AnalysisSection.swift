// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// The analyses that were asked for: coefficients side by side, and how far they agree.
struct AnalysisSection {
  let results: [AnalysisFidelity]

  var html: HTML {
    guard !results.isEmpty else { return .empty }
    let reading = Reading(
      means: "where the 95 % intervals overlap as much as the figure beside it, an analyst of the "
        + "synthetic table concludes what an analyst of the real one would; the standard errors "
        + "are those that the real file would give",
      meansNot: "that other analyses agree, or that the intervals hold for the population")
    return """
      <h3>Analyses</h3>
      \(reading.html)\(results.map(section))
      """
  }

  private func section(_ result: AnalysisFidelity) -> HTML {
    let copies =
      result.copyCount == 1
      ? "one synthetic table" : "\(Figure.count(result.copyCount)) synthetic tables combined"
    return """
      <h4>\(result.formula)</h4>
      <p class="quiet">\(Self.words(result.model)), on \(Figure.count(result.realRowCount)) real rows and \
      \(Figure.short(result.syntheticRowCount)) synthetic rows without a missing cell, \(copies).\
      \(result.note.map { " \(Self.sentence($0))" } ?? "")</p>
      \(figures(result))\(coefficients(result))
      """
  }

  private func figures(_ result: AnalysisFidelity) -> HTML {
    ScoreTable(lines: [
      .init(
        title: "Overlap of the 95 % intervals, mean", score: result.overlap, unit: .share,
        isMoreWorse: false, means: "100 % where they coincide, below 0 where they lie apart"),
      .init(
        title: "The same, no overlap counted below 0", score: result.flooredOverlap, unit: .share,
        isMoreWorse: false),
      .init(
        title: "Standardised difference, mean size", score: result.difference,
        means: "in standard errors of the real coefficients"),
      .init(
        title: "Lack of fit over its degrees of freedom", score: result.lackOfFit,
        means: "all coefficients together; 1 is what a right synthesis gives"),
    ]).html
  }

  private func coefficients(_ result: AnalysisFidelity) -> HTML {
    guard !result.coefficients.isEmpty else { return .empty }
    var rows: HTML = ""
    for coefficient in result.coefficients {
      rows += """
        <tr><td class="name">\(coefficient.name)</td>\
        <td class="n">\(text(coefficient.real, coefficient.realError))</td>\
        <td class="n">\(text(coefficient.synthetic, coefficient.syntheticError))</td>\
        <td class="n">\(coefficient.difference.map { Figure.fixed($0, 2) } ?? "–")</td>\
        <td class="n">\(coefficient.overlap.map(Figure.percent(ofShare:)) ?? "–")</td></tr>
        """
    }
    return """
      <div class="scroll"><table><thead><tr><th>Coefficient</th><th class="n">Real (standard error)</th>\
      <th class="n">Synthetic (standard error)</th><th class="n">Standardised difference</th>\
      <th class="n">Overlap</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  private func text(_ value: Double?, _ error: Double?) -> String {
    guard let value else { return "not determined" }
    return "\(Figure.short(value)) (\(error.map(Figure.short) ?? "–"))"
  }

  private static func sentence(_ clause: String) -> String {
    clause.prefix(1).uppercased() + clause.dropFirst() + "."
  }

  private static func words(_ model: String) -> String {
    switch model {
    case "linear": "Least squares"
    case "logistic": "Logistic regression"
    case "poisson": "Poisson regression"
    case "ordered": "Proportional odds"
    case "survey": "Weighted means and shares, with the errors of such samples"
    case "cox": "Cox’s proportional hazards"
    default: model
    }
  }
}
