// SPDX-License-Identifier: Apache-2.0
import Tables

/// Gathers truth values, by the two words that stand for them.
struct BooleanCollector: CellCollector {
  /// Words for true and false, and whether one of them alone says too little.
  struct Words: Hashable, Sendable {
    var yes: String
    var no: String
    var needsBoth = false
  }

  static let words = [
    Words(yes: "true", no: "false"), Words(yes: "TRUE", no: "FALSE"),
    Words(yes: "True", no: "False"), Words(yes: "yes", no: "no"), Words(yes: "Yes", no: "No"),
    Words(yes: "YES", no: "NO"), Words(yes: "Y", no: "N", needsBoth: true),
    Words(yes: "y", no: "n", needsBoth: true), Words(yes: "T", no: "F", needsBoth: true),
  ]

  private let cells: FieldText
  private let column: Int
  private let yes: [UInt8]
  private let no: [UInt8]
  private var values: [Bool] = []
  private var missing: MissingCollector
  private var hasYes = false
  private var hasNo = false

  init(_ cells: FieldText, column: Int, words: Words, after evidence: CellEvidence) {
    self.cells = cells
    self.column = column
    yes = Array(words.yes.utf8)
    no = Array(words.no.utf8)
    missing = MissingCollector(rowCount: cells.rowCount, known: evidence.missing)
    hasYes = evidence.hasYes
    hasNo = evidence.hasNo
  }

  mutating func consume(_ rows: Range<Int>) -> Bool {
    for row in rows {
      let bytes = cells.bytes(row: row, column: column)
      if bytes.elementsEqual(yes) {
        values.append(true)
        hasYes = true
      } else if bytes.elementsEqual(no) {
        values.append(false)
        hasNo = true
      } else {
        guard missing.note(row, bytes) else { return false }
        values.append(false)
      }
    }
    return true
  }

  var evidence: CellEvidence {
    CellEvidence(hasYes: hasYes, hasNo: hasNo, missing: missing.texts)
  }

  mutating func content() -> (values: ColumnValues, missing: MissingCells) {
    (.booleans(values), missing.cells)
  }
}
