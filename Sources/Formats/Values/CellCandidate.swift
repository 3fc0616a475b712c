// SPDX-License-Identifier: Apache-2.0
import Tables

/// What the cells of a column may be.
enum CellCandidate {
  case number(NumberForm)
  case boolean(BooleanCollector.Words)
  case calendar(CalendarPattern, rival: CalendarPattern?)
  case text

  /// Gathers cells as such values.
  func collector(_ cells: FieldText, _ column: Int) -> any CellCollector {
    switch self {
    case .number(let form): NumberCollector(cells, column: column, form: form)
    case .boolean(let words): BooleanCollector(cells, column: column, words: words)
    case .calendar(let pattern, let rival):
      CalendarCollector(cells, column: column, pattern: pattern, rival: rival)
    case .text: TextCollector(cells: cells, column: column)
    }
  }
}
