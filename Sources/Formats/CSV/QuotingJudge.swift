// SPDX-License-Identifier: Apache-2.0
import Tables

/// Says which fields a file puts in quotes.
enum QuotingJudge {
  static func quoting(_ cells: FieldText, table: Table) -> CSVDialect.Quoting {
    var quotedTexts = 0
    var texts = 0
    var quotedOthers = 0
    var others = 0
    for (column, values) in table.columns.enumerated() {
      for row in 0..<min(cells.rowCount, 1000) where !values.missing.isMissing(at: row) {
        let isQuoted = cells.isQuoted(row: row, column: column)
        if case .texts = values.values {
          texts += 1
          if isQuoted { quotedTexts += 1 }
        } else {
          others += 1
          if isQuoted { quotedOthers += 1 }
        }
      }
    }
    if others > 0, quotedOthers == others, quotedTexts == texts { return .all }
    if texts > 0, quotedTexts == texts { return others == 0 ? .all : .texts }
    return .minimal
  }
}
