// SPDX-License-Identifier: Apache-2.0
import Tables

/// What the cells of a column may be.
enum CellCandidate: Sendable {
  case number(NumberForm)
  case boolean(BooleanCollector.Words)
  case calendar(CalendarPattern, rival: CalendarPattern?)
  case text

  /// Gathers cells as such values, after what the rows before have shown.
  func collector(
    _ cells: FieldText, _ column: Int, after evidence: CellEvidence = CellEvidence()
  ) -> any CellCollector {
    switch self {
    case .number(let form):
      NumberCollector(cells, column: column, form: form, after: evidence)
    case .boolean(let words):
      BooleanCollector(cells, column: column, words: words, after: evidence)
    case .calendar(let pattern, let rival):
      CalendarCollector(cells, column: column, pattern: pattern, rival: rival, after: evidence)
    case .text: TextCollector(cells, column: column, after: evidence)
    }
  }

  /// Gathers what the cells show, where the values themselves are not needed.
  func surveyor(
    _ cells: FieldText, _ column: Int, after evidence: CellEvidence
  ) -> any CellCollector {
    if case .text = self { return MissingScan(cells, column: column, after: evidence) }
    return collector(cells, column, after: evidence)
  }

  /// How the cells are written and what was noticed, or `nil` if the cells as a whole are no such
  /// values.
  func conclusion(
    _ evidence: CellEvidence, name: String
  ) -> (form: WrittenForm, diagnostics: [Diagnostic])? {
    switch self {
    case .number(let form):
      let shape = evidence.shape
      guard shape.count > 0, shape.signsAgree else { return nil }
      let irregular = Diagnostic(
        .note, "numbers are written in more than one form; they are written in one", column: name)
      return (.number(shape.form(form)), shape.isIrregular ? [irregular] : [])
    case .boolean(let words):
      let (hasYes, hasNo) = (evidence.hasYes, evidence.hasNo)
      guard words.needsBoth ? hasYes && hasNo : hasYes || hasNo else { return nil }
      return (.boolean(true: words.yes, false: words.no), [])
    case .calendar(let pattern, let rival):
      var diagnostics: [Diagnostic] = []
      if let rival, evidence.rivalFits, evidence.rivalDiffers {
        diagnostics.append(
          Diagnostic(
            .warning,
            "dates fit \(pattern.text) and \(rival.text); they were read as \(pattern.text)",
            column: name))
      }
      return (.calendar(pattern: pattern.text), diagnostics)
    case .text: return (.text, [])
    }
  }
}
