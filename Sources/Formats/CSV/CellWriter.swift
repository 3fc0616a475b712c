// SPDX-License-Identifier: Apache-2.0
import Tables

/// Writes the cells of one column.
struct CellWriter {
  private enum Content {
    case wholeNumbers([Int64], NumberWriter)
    case numbers([Double], NumberWriter)
    /// Each distinct text as it stands in the file.
    case texts([UInt32], [ArraySlice<UInt8>])
    case calendar([Int64], CalendarPattern)
    case booleans([Bool], [UInt8], [UInt8])
  }

  private let content: Content
  private let missingCodes: [UInt8]
  private let missingTexts: [[UInt8]]
  private let isQuoted: Bool
  private let quote: UInt8

  init(_ column: Column, dialect: CSVDialect) {
    let quote = dialect.quote.utf8.first ?? 0x22
    let delimiter = dialect.delimiter.utf8.first ?? 0x2C
    self.quote = quote
    isQuoted = dialect.quoting == .all
    missingCodes = column.missing.codes
    missingTexts = column.missing.reasons.map { reason in
      var text: [UInt8] = []
      QuotedText(
        quote: quote, delimiter: delimiter, isAlways: dialect.quoting == .all && !reason.code.isEmpty
      ).append(Array(reason.code.utf8), to: &text)
      return text
    }
    let number = column.form.number ?? NumberForm(decimals: 17, decimalMark: dialect.decimalMark)
    switch column.values {
    case .wholeNumbers(let values): content = .wholeNumbers(values, NumberWriter(number))
    case .numbers(let values): content = .numbers(values, NumberWriter(number))
    case .dates(let values):
      content = .calendar(values.map(Int64.init), Self.pattern(column.form, "yyyy-MM-dd"))
    case .times(let values): content = .calendar(values, Self.pattern(column.form, "HH:mm:ss"))
    case .dateTimes(let values):
      content = .calendar(values, Self.pattern(column.form, "yyyy-MM-dd HH:mm:ss"))
    case .booleans(let values):
      if case .boolean(let yes, let no) = column.form {
        content = .booleans(values, Array(yes.utf8), Array(no.utf8))
      } else {
        content = .booleans(values, Array("true".utf8), Array("false".utf8))
      }
    case .texts(let codes, let pool):
      let quoted = QuotedText(
        quote: quote, delimiter: delimiter, isAlways: dialect.quoting != .minimal)
      content = .texts(
        codes,
        pool.indices.map { index in
          let text = pool.bytes[pool.range(of: index)]
          guard quoted.isAlways || quoted.needsQuotes(text) else { return text }
          var bytes: [UInt8] = []
          quoted.append(text, to: &bytes)
          return bytes[...]
        })
    }
  }

  private static func pattern(_ form: WrittenForm, _ standard: String) -> CalendarPattern {
    if case .calendar(let pattern) = form { return CalendarPattern(pattern) }
    return CalendarPattern(standard)
  }

  func append(_ row: Int, to bytes: inout [UInt8]) {
    if !missingCodes.isEmpty, missingCodes[row] != 0 {
      bytes.append(contentsOf: missingTexts[Int(missingCodes[row]) - 1])
      return
    }
    switch content {
    case .texts(let codes, let texts):
      bytes.append(contentsOf: texts[Int(codes[row])])
      return
    default: break
    }
    if isQuoted { bytes.append(quote) }
    switch content {
    case .wholeNumbers(let values, let writer): writer.append(values[row], to: &bytes)
    case .numbers(let values, let writer): writer.append(values[row], to: &bytes)
    case .calendar(let values, let pattern): pattern.append(values[row], to: &bytes)
    case .booleans(let values, let yes, let no):
      bytes.append(contentsOf: values[row] ? yes : no)
    case .texts: break
    }
    if isQuoted { bytes.append(quote) }
  }
}
