// SPDX-License-Identifier: Apache-2.0
import Tables

/// Writes the cells of one column.
struct CellWriter: Sendable {
  private enum Content {
    case wholeNumbers([Int64], NumberWriter)
    case numbers([Double], NumberWriter)
    case texts([UInt32], WrittenTexts)
    case calendar([Int64], CalendarPattern)
    case booleans([Bool], [UInt8], [UInt8])
  }

  private let content: Content
  private let missingCodes: [UInt8]
  private let missingTexts: [[UInt8]]
  private let isQuoted: Bool
  private let quote: UInt8

  /// Creates a writer of the column of some number.
  init(_ column: Column, number place: Int, dialect: CSVDialect) {
    quote = dialect.quote.utf8.first ?? 0x22
    let delimiter = dialect.delimiter.utf8.first ?? 0x2C
    missingCodes = column.missing.codes
    missingTexts = column.missing.reasons.map { Self.missingText($0.code, dialect) }
    let isChosen =
      dialect.quoting == .all
      || (dialect.quoting == .columns && dialect.quotedColumns.contains(place))
    let number = column.form.number ?? NumberForm(decimals: 17, decimalMark: dialect.decimalMark)
    let writer = NumberWriter(number)
    let pattern = Self.pattern(column)
    switch column.values {
    case .wholeNumbers(let values): content = .wholeNumbers(values, writer)
    case .numbers(let values): content = .numbers(values, writer)
    case .dates(let values): content = .calendar(values.map(Int64.init), pattern)
    case .times(let values): content = .calendar(values, pattern)
    case .dateTimes(let values): content = .calendar(values, pattern)
    case .booleans(let values):
      if case .boolean(let yes, let no) = column.form {
        content = .booleans(values, Array(yes.utf8), Array(no.utf8))
      } else {
        content = .booleans(values, Array("true".utf8), Array("false".utf8))
      }
    case .texts(let codes, let pool):
      content = .texts(
        codes,
        WrittenTexts(pool, QuotedText(dialect, isAlways: isChosen || dialect.quoting == .texts)))
    }
    // A grouped number or a date may hold the delimiter.
    let mayNeedQuotes: Bool
    switch content {
    case .wholeNumbers, .numbers: mayNeedQuotes = writer.mayWrite(delimiter)
    case .calendar: mayNeedQuotes = pattern.text.utf8.contains(delimiter)
    case .texts, .booleans: mayNeedQuotes = false
    }
    isQuoted = isChosen
    mayHoldDelimiter = mayNeedQuotes && dialect.quoting != .never ? delimiter : nil
  }

  /// The delimiter, if a value that is no text may hold it.
  private let mayHoldDelimiter: UInt8?

  private static func missingText(_ code: String, _ dialect: CSVDialect) -> [UInt8] {
    var text: [UInt8] = []
    let isAlways = code.isEmpty ? dialect.quotesEmpty : dialect.quotesMissingCodes
    QuotedText(dialect, isAlways: isAlways).append(Array(code.utf8), to: &text)
    return text
  }

  private static func pattern(_ column: Column) -> CalendarPattern {
    if case .calendar(let pattern) = column.form { return CalendarPattern(pattern) }
    switch column.values {
    case .times: return CalendarPattern("HH:mm:ss")
    case .dateTimes: return CalendarPattern("yyyy-MM-dd HH:mm:ss")
    default: return CalendarPattern("yyyy-MM-dd")
    }
  }

  /// Writes the cells of some rows, one after another, in place of what a column of cells held.
  func write(_ rows: Range<Int>, to cells: inout CellColumn) {
    cells.removeAll()
    switch content {
    case .texts(let codes, let texts):
      texts.lend(to: &cells)
      for row in rows {
        if let reason = missingReason(row) {
          cells.append(missingTexts[reason])
        } else {
          texts.write(Int(codes[row]), to: &cells)
        }
      }
    case .wholeNumbers(let values, let writer):
      write(rows, to: &cells) { row, bytes in writer.append(values[row], to: &bytes) }
    case .numbers(let values, let writer):
      write(rows, to: &cells) { row, bytes in writer.append(values[row], to: &bytes) }
    case .calendar(let values, let pattern):
      write(rows, to: &cells) { row, bytes in pattern.append(values[row], to: &bytes) }
    case .booleans(let values, let yes, let no):
      write(rows, to: &cells) { row, bytes in bytes.append(contentsOf: values[row] ? yes : no) }
    }
  }

  @inline(__always)
  private func missingReason(_ row: Int) -> Int? {
    guard !missingCodes.isEmpty, missingCodes[row] != 0 else { return nil }
    return Int(missingCodes[row]) - 1
  }

  @inline(__always)
  private func write(
    _ rows: Range<Int>, to cells: inout CellColumn, _ value: (Int, inout [UInt8]) -> Void
  ) {
    for row in rows {
      if let reason = missingReason(row) {
        cells.append(missingTexts[reason])
      } else {
        cells.append { bytes in
          let start = bytes.count
          if isQuoted { bytes.append(quote) }
          value(row, &bytes)
          if isQuoted {
            bytes.append(quote)
          } else if let mayHoldDelimiter, bytes[start...].contains(mayHoldDelimiter) {
            bytes.insert(quote, at: start)
            bytes.append(quote)
          }
        }
      }
    }
  }
}
