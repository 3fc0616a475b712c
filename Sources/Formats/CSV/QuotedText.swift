// SPDX-License-Identifier: Apache-2.0

/// Puts texts in quotes where they need them.
struct QuotedText {
  let quote: UInt8
  let delimiter: UInt8
  let isAlways: Bool

  /// Whether a text has signs that mean something to a reader.
  func needsQuotes(_ text: some Collection<UInt8>) -> Bool {
    text.first == quote
      || text.contains { $0 == delimiter || $0 == quote || $0 == 0x0A || $0 == 0x0D }
  }

  /// Appends a text, in quotes if it needs them or all are quoted.
  func append(_ text: some Collection<UInt8>, to bytes: inout [UInt8]) {
    guard isAlways || needsQuotes(text) else {
      bytes.append(contentsOf: text)
      return
    }
    bytes.append(quote)
    for byte in text {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }
}
