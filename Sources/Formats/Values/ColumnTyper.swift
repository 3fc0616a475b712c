// SPDX-License-Identifier: Apache-2.0
import Tables

/// Reads one column of cells as what all of them are: numbers, dates, truth values, or text.
///
/// A sample says what the cells may be; the likeliest is tried, and where a later cell does not fit, the
/// next one from the first row on. Text always fits.
struct ColumnTyper {
  private let cells: FieldText
  private let column: Int
  private let name: String
  private var candidates: [CellCandidate]
  private var candidate: CellCandidate
  private var collector: any CellCollector

  /// Creates a typer.
  ///
  /// - Parameters:
  ///   - decimalMarks: The marks that numbers may be written with, the likelier first.
  ///   - isText: Whether the column is text whatever it looks like.
  init(cells: FieldText, column: Int, name: String, decimalMarks: [String], isText: Bool) {
    self.cells = cells
    self.column = column
    self.name = name
    candidates =
      isText
      ? [.text]
      : CellCandidates(cells: cells, column: column, decimalMarks: decimalMarks).likelierLast
    candidate = candidates.popLast() ?? .text
    collector = candidate.collector(cells, column)
  }

  /// Reads the next rows.
  mutating func consume(_ rows: Range<Int>) {
    var rows = rows
    while !collector.consume(rows) {
      rows = 0..<rows.upperBound
      tryNext()
    }
  }

  /// Returns the column, and what was noticed.
  mutating func finish() -> (column: Column, diagnostics: [Diagnostic]) {
    while true {
      if let (form, diagnostics) = candidate.conclusion(collector.evidence, name: name) {
        let (values, missing) = collector.content()
        return (Column(name: name, values: values, missing: missing, form: form), diagnostics)
      }
      tryNext()
      consume(0..<cells.rowCount)
    }
  }

  private mutating func tryNext() {
    candidate = candidates.popLast() ?? .text
    collector = candidate.collector(cells, column)
  }
}
