// SPDX-License-Identifier: Apache-2.0

/// Puts texts in quotes where they need them.
struct QuotedText {
  private let quote: UInt8
  private let delimiter: UInt8
  /// Both, eight times each.
  private let quotes: UInt64
  private let delimiters: UInt64
  private let escapesWithBackslash: Bool
  private let escapesDelimiter: Bool
  private let isNever: Bool
  private let isAlways: Bool

  init(_ dialect: CSVDialect, isAlways: Bool) {
    quote = dialect.quote.utf8.first ?? 0x22
    delimiter = dialect.delimiter.utf8.first ?? 0x2C
    (quotes, delimiters) = (Self.each(quote), Self.each(delimiter))
    escapesWithBackslash = dialect.escapesQuotesWithBackslash
    escapesDelimiter = dialect.escapesDelimiterWithBackslash
    isNever = dialect.quoting == .never
    self.isAlways = isAlways && !isNever
  }

  /// What writing does to a text.
  enum Change {
    case none
    /// It stands in quotes, and is the same inside them.
    case quoting
    /// Some of its signs are written otherwise.
    case rewriting
  }

  /// Whether anything must be done to any of these texts, which lie end to end.
  func changesAny(of texts: UnsafeBufferPointer<UInt8>) -> Bool {
    guard !isAlways else { return true }
    // Where there is something, it is found at once.
    return stride(from: 0, to: texts.count, by: 4096).contains { start in
      let found = scan(
        UnsafeBufferPointer(rebasing: texts[start..<min(start + 4096, texts.count)]))
      return found.breaks || found.inner
    }
  }

  /// What writing does to a text.
  @inline(__always)
  func change(of text: UnsafeBufferPointer<UInt8>) -> Change {
    let found = scan(text)
    if isNever { return found.breaks ? .rewriting : .none }
    if !found.inner, !escapesDelimiter { return found.breaks || isAlways ? .quoting : .none }
    if !found.inner, !found.breaks { return isAlways ? .quoting : .none }
    let isQuoted = isAlways || needsQuotes(text)
    let isRewritten = text.contains {
      if isQuoted { return $0 == quote || $0 == 0x5C && escapesWithBackslash }
      return escapesDelimiter && ($0 == delimiter || $0 == 0x5C)
    }
    return isRewritten ? .rewriting : isQuoted ? .quoting : .none
  }

  /// Whether a text has delimiters or ends of lines, and whether it has quotes or backslashes.
  @inline(__always)
  private func scan(_ text: UnsafeBufferPointer<UInt8>) -> (breaks: Bool, inner: Bool) {
    guard let bytes = UnsafeRawPointer(text.baseAddress) else { return (false, false) }
    var breaks: UInt64 = 0
    var inner: UInt64 = 0
    @inline(__always) func see(_ signs: UInt64) {
      breaks |=
        Self.zeros(signs ^ delimiters) | Self.zeros(signs ^ Self.each(0x0A))
        | Self.zeros(signs ^ Self.each(0x0D))
      inner |= Self.zeros(signs ^ quotes) | Self.zeros(signs ^ Self.each(0x5C))
    }
    let count = text.count
    if count >= 8 {
      var place = 0
      while place &+ 8 < count {
        see(bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        place &+= 8
      }
      see(bytes.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
    } else {
      for sign in text { see(Self.each(sign)) }
    }
    return (breaks != 0, inner != 0)
  }

  /// Eight times the same byte.
  @inline(__always)
  private static func each(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// Not 0 if, and only if, one of eight bytes is 0.
  ///
  /// ## Source
  /// Warren, "Hacker's Delight" (2nd ed., 2012), section 6-1.
  @inline(__always)
  private static func zeros(_ bytes: UInt64) -> UInt64 {
    (bytes &- 0x0101_0101_0101_0101) & ~bytes & 0x8080_8080_8080_8080
  }

  /// Whether a text has signs that mean something to a reader.
  private func needsQuotes(_ text: some Collection<UInt8>) -> Bool {
    text.contains {
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
