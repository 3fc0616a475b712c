// SPDX-License-Identifier: Apache-2.0
import Tables

/// Gathers numbers of one form: whole numbers until the first that is none, then all as numbers.
struct NumberCollector: CellCollector {
  private let cells: FieldText
  private let column: Int
  private let parser: NumberParser
  private var wholes: [Int64] = []
  private var numbers: [Double] = []
  private var areWhole = true
  private var shape = NumberShape()
  private var missing: MissingCollector

  init(_ cells: FieldText, column: Int, form: NumberForm, after evidence: CellEvidence) {
    self.cells = cells
    self.column = column
    parser = NumberParser(form: form)
    missing = MissingCollector(rowCount: cells.rowCount, known: evidence.missing)
    shape = evidence.shape
    areWhole = evidence.areWhole
    if areWhole {
      wholes.reserveCapacity(cells.rowCount)
    } else {
      numbers.reserveCapacity(cells.rowCount)
    }
  }

  mutating func consume(_ rows: Range<Int>) -> Bool {
    var rows = rows
    if areWhole {
      guard let rest = consumeWhole(rows) else { return false }
      guard !rest.isEmpty else { return true }
      areWhole = false
      numbers.reserveCapacity(cells.rowCount)
      for whole in wholes { numbers.append(Double(whole)) }
      wholes = []
      rows = rest
    }
    for row in rows {
      let bytes = cells.bytes(row: row, column: column)
      if let number = parser.parse(bytes) {
        guard !number.hasLeadingZero else { return false }
        shape.add(number)
        numbers.append(number.value)
      } else {
        guard missing.note(row, bytes) else { return false }
        numbers.append(0)
      }
    }
    return true
  }

  /// Takes whole numbers and returns the rows from the first other number on; `nil` if a cell is none.
  private mutating func consumeWhole(_ rows: Range<Int>) -> Range<Int>? {
    for row in rows {
      let bytes = cells.bytes(row: row, column: column)
      guard let number = parser.parse(bytes) else {
        guard missing.note(row, bytes) else { return nil }
        wholes.append(0)
        continue
      }
      guard number.isWhole else { return row..<rows.upperBound }
      guard !number.hasLeadingZero else { return nil }
      shape.add(number)
      wholes.append(number.whole)
    }
    return rows.upperBound..<rows.upperBound
  }

  var evidence: CellEvidence {
    CellEvidence(shape: shape, areWhole: areWhole, missing: missing.texts)
  }

  mutating func content() -> (values: ColumnValues, missing: MissingCells) {
    (areWhole ? .wholeNumbers(wholes) : .numbers(numbers), missing.cells)
  }
}
