// SPDX-License-Identifier: Apache-2.0
import Tables

/// What the first records of a table say of all: whether there is a header, and how fields stand.
struct TableHeader {
  /// Whether the first record names the columns.
  let hasHeader: Bool
  /// The names of the columns.
  let names: ColumnNames
  /// The cells of the rows, without the header.
  let rows: FieldText
  private let isQuoted: Bool

  /// Looks at the first records.
  ///
  /// - Parameters:
  ///   - fields: The records of the table, header first.
  ///   - hasRowNames: Whether the header lacks the name of the first column.
  ///   - isStated: Whether there is a header, where a caller says so.
  init(
    _ fields: FieldText, hasRowNames: Bool, isStated: Bool?, file: String
  ) throws(DataError) {
    var cells = fields
    cells.skipsSpace = Self.hasSpaceAfterDelimiter(cells)
    hasHeader = isStated ?? (hasRowNames || HeaderJudge.isHeader(cells))
    let names = try ColumnNames(
      cells, hasHeader: hasHeader, hasRowNames: hasRowNames && hasHeader, file: file)
    self.names = names
    let first = cells
    isQuoted =
      hasHeader
      && names.original.indices.allSatisfy {
        first.isQuoted(row: 0, column: $0) || first.raw(row: 0, column: $0).isEmpty
      } && names.original.contains { !$0.isEmpty }
    if hasHeader { cells.firstRow = 1 }
    rows = cells
  }

  /// How the file is written, apart from its encoding and its numbers.
  func dialect(_ judge: QuotingJudge, _ traits: FieldIndex.Traits) -> CSVDialect {
    let signs = rows.signs
    return CSVDialect(
      delimiter: String(UnicodeScalar(signs.delimiter)),
      quote: String(UnicodeScalar(signs.quote == 0 ? 0x22 : signs.quote)),
      quoting: judge.quoting, quotedColumns: judge.quotedColumns, quotesHeader: isQuoted,
      quotesEmpty: judge.quotesEmpty, quotesMissingCodes: judge.quotesMissingCodes,
      escapesQuotesWithBackslash: signs.escapesWithBackslash,
      escapesDelimiterWithBackslash: signs.escapesDelimiter, lineEnding: Self.lineEnding(traits),
      hasHeader: hasHeader, endsWithLineEnding: traits.endsWithLineEnding,
      hasSpaceAfterDelimiter: rows.skipsSpace,
      headerNames: names.original == names.names ? [] : names.original)
  }

  /// Whether a space follows every delimiter of the first records, as in `39, State-gov`.
  private static func hasSpaceAfterDelimiter(_ cells: FieldText) -> Bool {
    guard cells.width > 1, cells.rowCount > 0, cells.signs.delimiter != 0x20 else { return false }
    var seen = false
    for row in 0..<min(cells.rowCount, 1000) {
      for column in 1..<cells.width {
        let raw = cells.raw(row: row, column: column)
        guard let first = raw.first else { continue }
        guard first == 0x20 else { return false }
        seen = true
      }
    }
    return seen
  }

  private static func lineEnding(_ traits: FieldIndex.Traits) -> CSVDialect.LineEnding {
    if traits.pairs >= max(traits.lineFeeds, traits.carriageReturns), traits.pairs > 0 {
      return .crlf
    }
    return traits.carriageReturns > traits.lineFeeds ? .cr : .lf
  }
}
