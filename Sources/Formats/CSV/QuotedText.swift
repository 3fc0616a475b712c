// SPDX-License-Identifier: Apache-2.0

/// Puts texts in quotes where they need them.
struct QuotedText {
  private let quote: UInt8
  private let delimiter: UInt8
  private let escapesWithBackslash: Bool
  let escapesDelimiter: Bool
  private let isNever: Bool
  let isAlways: Bool

  init(_ dialect: CSVDialect, isAlways: Bool) {
    quote = dialect.quote.utf8.first ?? 0x22
    delimiter = dialect.delimiter.utf8.first ?? 0x2C
    escapesWithBackslash = dialect.escapesQuotesWithBackslash
    escapesDelimiter = dialect.escapesDelimiterWithBackslash
    isNever = dialect.quoting == .never
    self.isAlways = isAlways && !isNever
  }

  /// Whether a text has signs that mean something to a reader.
  func needsQuotes(_ text: some Collection<UInt8>) -> Bool {
    guard !isNever else { return false }
    return text.contains {
      ($0 == delimiter && !escapesDelimiter) || $0 == quote || $0 == 0x0A || $0 == 0x0D
    }
  }

  /// Appends a text, in quotes if it needs them or all are quoted.
  func append(_ text: some Collection<UInt8>, to bytes: inout [UInt8]) {
    if isNever {
      // A line or a field cannot end inside a text that has no quotes around it.
      bytes.append(
        contentsOf: text.map { $0 == delimiter || $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
      return
    }
    guard isAlways || needsQuotes(text) else {
      guard escapesDelimiter else {
        bytes.append(contentsOf: text)
        return
      }
      for byte in text {
        if byte == delimiter || byte == 0x5C { bytes.append(0x5C) }
        bytes.append(byte)
      }
      return
    }
    bytes.append(quote)
    var index = text.startIndex
    while index != text.endIndex {
      let byte = text[index]
      let next = text.index(after: index)
      if byte == quote {
        bytes.append(escapesWithBackslash ? 0x5C : quote)
      } else if byte == 0x5C, escapesWithBackslash,
        next == text.endIndex || text[next] == 0x5C || text[next] == quote
      {
        bytes.append(0x5C)
      }
      bytes.append(byte)
      index = next
    }
    bytes.append(quote)
  }
}
