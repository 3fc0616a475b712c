// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// Whether generated rows of rare classes help a model, beside SMOTE-NC and doing nothing.
struct RareClassSection {
  let report: FidelityReport

  var html: HTML {
    guard let classes = report.prediction?.rareClasses, !classes.isEmpty else { return .empty }
    let reading = Reading(
      means:
        "where adding rows raises the average precision beyond its interval, a model that also learned from "
        + "generated rows of the class finds it better in real rows that nobody learned from",
      meansNot:
        "that another kind of model gains or loses the same; and a class needs no balance for its own sake: "
        + "chances are put back to the real share here, as a threshold would")
    return """
      <h3>Rare classes</h3>
      \(reading.html)
      \(classes.map(section))
      """
  }

  private func section(_ result: RareClassUtility) -> HTML {
    let rows: [(name: String, figures: PredictiveFidelity.Figures)] = [
      ("Real rows as they are", result.asIs),
      ("and \(Figure.count(result.addedCount)) synthetic rows of the class", result.added),
      ("and \(Figure.count(result.smoteCount)) of SMOTE-NC", result.smote),
      ("Synthetic rows alone", result.alone),
    ]
    let cells = rows.map { row -> HTML in
      """
      <tr><td class="name">\(row.name)</td><td class="n">\(Figure.fixed(row.figures.area, 3))</td>\
      <td class="n">\(Figure.fixed(row.figures.averagePrecision, 3))</td>\
      <td class="n">\(Figure.fixed(row.figures.squaredError, 4))</td>\
      <td class="n">\(Figure.fixed(row.figures.calibrationError, 4))</td></tr>
      """
    }
    return """
      <h4>\(result.column) is \(result.level)</h4>
      <p><strong>\(verdict(result))</strong> Average precision changes by \
      \(Figure.fixed(result.gain.value ?? 0, 3)) (95 %: \(ScoreText(result.gain, unit: .number).interval ?? "–")) \
      with generated rows of the class beside its \(Figure.count(result.realCount)) real ones.</p>
      <div class="scroll"><table><thead><tr><th>Learned from</th><th class="n">Area under the curve</th>\
      <th class="n">Average precision</th><th class="n">Squared error (Brier)</th>\
      <th class="n">Calibration error</th></tr></thead><tbody>\(cells)</tbody></table></div>
      """
  }

  private func verdict(_ result: RareClassUtility) -> String {
    switch result.verdict {
    case .helps: "Adding generated rows helps here."
    case .harms: "Adding generated rows harms here: leave the real rows as they are."
    case .undecided: "These rows show neither help nor harm: leave the real rows as they are."
    }
  }
}
