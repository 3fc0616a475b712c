// SPDX-License-Identifier: Apache-2.0
import Tables

@testable import Formats

/// The cells of a document as they are written, without quotes.
struct CellTexts {
  let rows: [[String]]

  init(_ document: CSVDocument) {
    var dialect = document.dialect
    dialect.quoting = .all
    dialect.quotesEmpty = true
    dialect.quotesMissingCodes = true
    dialect.quote = "\u{1}"
    dialect.escapesQuotesWithBackslash = false
    let table = document.table
    let writers = table.columns.enumerated().map {
      CellWriter($0.element, number: $0.offset, dialect: dialect)
    }
    rows = (0..<table.rowCount).map { row in
      writers.map { writer in
        var bytes: [UInt8] = []
        writer.append(row, to: &bytes)
        return String(decoding: bytes.filter { $0 != 1 }, as: UTF8.self)
      }
    }
  }

  /// All cells in one text, cells parted by U+001F and rows by U+001E.
  var joined: String { rows.map { $0.joined(separator: "\u{1F}") }.joined(separator: "\u{1E}") }
}
