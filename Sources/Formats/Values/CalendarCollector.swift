// SPDX-License-Identifier: Apache-2.0
import Tables

/// Gathers dates, times or date-times of one pattern.
struct CalendarCollector: CellCollector {
  private let cells: FieldText
  private let column: Int
  private let pattern: CalendarPattern
  /// A second pattern that fits what was seen first; all cells may fit it too.
  private let rival: CalendarPattern?
  private var values: [Int64] = []
  private var missing: MissingCollector

  init(_ cells: FieldText, column: Int, pattern: CalendarPattern, rival: CalendarPattern?) {
    self.cells = cells
    self.column = column
    self.pattern = pattern
    self.rival = rival
    missing = MissingCollector(rowCount: cells.rowCount)
    values.reserveCapacity(cells.rowCount)
  }

  mutating func consume(_ rows: Range<Int>) -> Bool {
    for row in rows {
      let bytes = cells.bytes(row: row, column: column)
      if let value = pattern.parse(bytes) {
        values.append(value)
      } else {
        guard missing.note(row, bytes) else { return false }
        values.append(0)
      }
    }
    return true
  }

  mutating func finish(name: String) -> (column: Column, diagnostics: [Diagnostic])? {
    let stored: ColumnValues
    switch pattern.kind {
    case .date: stored = .dates(values.map { Int32(clamping: $0) })
    case .time: stored = .times(values)
    case .dateTime: stored = .dateTimes(values)
    }
    var diagnostics: [Diagnostic] = []
    if let rival, isAmbiguous(rival) {
      diagnostics.append(
        Diagnostic(
          .warning,
          "dates fit \(pattern.text) and \(rival.text); they were read as \(pattern.text)",
          column: name))
    }
    return (
      Column(
        name: name, values: stored, missing: missing.cells, form: .calendar(pattern: pattern.text)),
      diagnostics
    )
  }

  /// Whether all cells fit the other pattern too, and mean something else by it.
  private func isAmbiguous(_ rival: CalendarPattern) -> Bool {
    let missing = missing.cells
    var differs = false
    for row in 0..<cells.rowCount where !missing.isMissing(at: row) {
      guard let value = rival.parse(cells.bytes(row: row, column: column)) else { return false }
      if value != values[row] { differs = true }
    }
    return differs
  }
}
