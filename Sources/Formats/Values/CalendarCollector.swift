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
  private let before: CellEvidence

  init(
    _ cells: FieldText, column: Int, pattern: CalendarPattern, rival: CalendarPattern?,
    after evidence: CellEvidence
  ) {
    self.cells = cells
    self.column = column
    self.pattern = pattern
    self.rival = rival
    before = evidence
    missing = MissingCollector(rowCount: cells.rowCount, known: evidence.missing)
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

  mutating func content() -> (values: ColumnValues, missing: MissingCells) {
    let stored: ColumnValues
    switch pattern.kind {
    case .date: stored = .dates(values.map { Int32(clamping: $0) })
    case .time: stored = .times(values)
    case .dateTime: stored = .dateTimes(values)
    }
    return (stored, missing.cells)
  }

  /// With whether all cells fit the other pattern too, and mean something else by it.
  var evidence: CellEvidence {
    var evidence = before
    evidence.missing = missing.texts
    guard let rival, evidence.rivalFits else { return evidence }
    let missing = missing.cells
    for row in values.indices where !missing.isMissing(at: row) {
      guard let value = rival.parse(cells.bytes(row: row, column: column)) else {
        evidence.rivalFits = false
        return evidence
      }
      if value != values[row] { evidence.rivalDiffers = true }
    }
    return evidence
  }
}
