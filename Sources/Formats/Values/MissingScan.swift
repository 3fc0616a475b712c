// SPDX-License-Identifier: Apache-2.0
import Tables

/// Gathers the missing codes of a column of text, and not its texts.
struct MissingScan: CellCollector {
  private let cells: FieldText
  private let column: Int
  private var missing: MissingCollector

  init(_ cells: FieldText, column: Int, after evidence: CellEvidence) {
    self.cells = cells
    self.column = column
    missing = MissingCollector(rowCount: cells.rowCount, known: evidence.missing)
  }

  mutating func consume(_ rows: Range<Int>) -> Bool {
    for row in rows {
      let bytes = cells.bytes(row: row, column: column)
      if MissingTokens.isMissingText(bytes) { _ = missing.add(row, bytes) }
    }
    return true
  }

  var evidence: CellEvidence { CellEvidence(missing: missing.texts) }

  mutating func content() -> (values: ColumnValues, missing: MissingCells) {
    (.texts(codes: [], pool: TextPool()), .none)
  }
}
