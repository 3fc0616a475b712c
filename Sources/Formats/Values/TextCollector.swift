// SPDX-License-Identifier: Apache-2.0
import Tables

/// Gathers the distinct texts of a column, in order of first appearance.
struct TextCollector: CellCollector {
  private let cells: FieldText
  private let column: Int
  private var texts = DistinctTexts()
  private var codes: [UInt32] = []
  private var missing: MissingCollector

  init(_ cells: FieldText, column: Int, after evidence: CellEvidence) {
    self.cells = cells
    self.column = column
    missing = MissingCollector(rowCount: cells.rowCount, known: evidence.missing)
    codes.reserveCapacity(cells.rowCount)
  }

  mutating func consume(_ rows: Range<Int>) -> Bool {
    for row in rows {
      let bytes = cells.bytes(row: row, column: column)
      if MissingTokens.isMissingText(bytes), missing.add(row, bytes) {
        codes.append(0)
      } else if cells.needsUnescaping(bytes) {
        let isQuoted = cells.isQuoted(row: row, column: column)
        let text = cells.unescaped(bytes, isQuoted: isQuoted)
        codes.append(text.withUnsafeBufferPointer { texts.number(of: $0) })
      } else {
        codes.append(texts.number(of: bytes))
      }
    }
    return true
  }

  var evidence: CellEvidence { CellEvidence(missing: missing.texts) }

  mutating func content() -> (values: ColumnValues, missing: MissingCells) {
    // A column of nothing but missing cells still needs a text to point to.
    var pool = texts.pool
    if pool.count == 0, !codes.isEmpty { pool.append("") }
    return (.texts(codes: codes, pool: pool), missing.cells)
  }
}
