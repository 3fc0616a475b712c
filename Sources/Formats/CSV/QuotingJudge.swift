// SPDX-License-Identifier: Apache-2.0
import Tables

/// Says which fields a file puts in quotes.
struct QuotingJudge {
  private static let sampleSize = 1000

  /// Which fields stand in quotes.
  private(set) var quoting = CSVDialect.Quoting.minimal
  /// The columns whose values stand in quotes, by number, where not all or only texts do.
  private(set) var quotedColumns: [Int] = []
  /// Whether empty cells are written as two quotes.
  private(set) var quotesEmpty = false
  /// Whether missing codes other than empty cells stand in quotes.
  private(set) var quotesMissingCodes = false

  init(_ cells: FieldText, table: Table) {
    guard cells.signs.quote != 0 else {
      quoting = .never
      return
    }
    var quoted: Set<Int> = []
    var open: Set<Int> = []
    var empty = (quoted: 0, open: 0)
    var codes = (quoted: 0, open: 0)
    for (column, values) in table.columns.enumerated() {
      var all = true
      var some = false
      for row in 0..<min(cells.rowCount, Self.sampleSize) {
        let isQuoted = cells.isQuoted(row: row, column: column)
        if values.missing.isMissing(at: row) {
          if cells.bytes(row: row, column: column).isEmpty {
            if isQuoted { empty.quoted += 1 } else { empty.open += 1 }
          } else if isQuoted {
            codes.quoted += 1
          } else {
            codes.open += 1
          }
        } else {
          some = true
          if !isQuoted {
            all = false
            break
          }
        }
      }
      guard some else { continue }
      if all { quoted.insert(column) } else { open.insert(column) }
    }
    quotesEmpty = empty.quoted > empty.open
    quotesMissingCodes = codes.quoted > codes.open
    guard !quoted.isEmpty else { return }
    let texts = Set(
      table.columns.indices.filter {
        if case .texts = table.columns[$0].values { true } else { false }
      })
    if open.isEmpty {
      quoting = .all
    } else if quoted == texts.subtracting(open), open.isDisjoint(with: texts) {
      quoting = .texts
    } else {
      quoting = .columns
      quotedColumns = quoted.sorted()
    }
  }
}
