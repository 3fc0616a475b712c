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
    let columns = table.columns.enumerated().map { place, column in
      Self.texts(CellWriter(column, number: place, dialect: dialect), table.rowCount)
    }
    rows = (0..<table.rowCount).map { row in columns.map { $0[row] } }
  }

  /// The cells of one column, without the marks around them.
  private static func texts(_ writer: CellWriter, _ rowCount: Int) -> [String] {
    var cells = CellColumn(quote: 1)
    writer.write(0..<rowCount, to: &cells)
    var ends = [Int](repeating: 0, count: rowCount)
    cells.addCounts(to: &ends)
    var starts: [Int] = []
    var total = 0
    for count in ends {
      starts.append(total)
      total += count
    }
    ends = starts
    var bytes = [UInt8](repeating: 0, count: total)
    bytes.withUnsafeMutableBufferPointer {
      if let base = $0.baseAddress { cells.copy(to: base, at: &ends, followedBy: []) }
    }
    return zip(starts, ends).map { start, end in
      String(decoding: bytes[start..<end].filter { $0 != 1 }, as: UTF8.self)
    }
  }

  /// All cells in one text, cells parted by U+001F and rows by U+001E.
  var joined: String { rows.map { $0.joined(separator: "\u{1F}") }.joined(separator: "\u{1E}") }
}
