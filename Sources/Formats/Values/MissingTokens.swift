// SPDX-License-Identifier: Apache-2.0

/// The texts that stand for a missing value.
package enum MissingTokens {
  /// Whether a cell is empty or white space.
  @inline(__always)
  static func isBlank(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first else { return true }
    guard first == 0x20 || first == 0x09 || first == 0xC2 else { return false }
    return isSpace(bytes)
  }

  /// Whether a cell is spaces, tabs and no-break spaces only.
  private static func isSpace(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0xC2, index + 1 < bytes.count, bytes[index + 1] == 0xA0 {
        index += 2
      } else if bytes[index] == 0x20 || bytes[index] == 0x09 {
        index += 1
      } else {
        return false
      }
    }
    return true
  }

  /// Whether a cell is a missing code among words.
  @inline(__always)
  static func isMissingText(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first else { return true }
    guard mayBegin(first) else { return false }
    return isBlank(bytes) || isNull(bytes)
      || (bytes.count <= 4 && textTokens.contains { equal($0, bytes) })
  }

  /// Whether a cell is a missing code among numbers, dates or truth values.
  static func isMissingValue(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if isBlank(bytes) { return true }
    let trimmed = trimmed(bytes)
    guard trimmed.count <= 8 else { return false }
    return isNull(trimmed) || textTokens.contains { equal($0, trimmed) }
      || valueTokens.contains { equal($0, trimmed) }
  }

  /// Whether a text stands for missing: among words, or among numbers, dates and truth values.
  package static func isMissing(_ text: String, amongWords: Bool) -> Bool {
    Array(text.utf8).withUnsafeBufferPointer {
      amongWords ? isMissingText($0) : isMissingValue($0)
    }
  }

  /// A cell without the spaces around it.
  @inline(__always)
  static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard let first = bytes.first, let last = bytes.last, first <= 0x20 || last <= 0x20 else {
      return bytes
    }
    var start = 0
    var end = bytes.count
    while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    return bytes.stretch(start, end)
  }

  private static let textTokens = [
    "NA", "N/A", "NULL", "NaN", "?", "n/a", "#N/A", "<NA>", "nan", "\\N",
  ]
  .map { Array($0.utf8) }
  private static let valueTokens = [
    "null", "None", "none", "na", "Null", "NaT", "#NA", "#NULL!", "#VALUE!", "#DIV/0!", ".", "..",
    "-",
    "--", "---", "*", "missing", "Missing", "unknown", "Unknown",
  ].map { Array($0.utf8) }

  /// Whether a byte may begin white space or a token of a text column.
  @inline(__always)
  private static func mayBegin(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0xC2 || byte == 0x4E || byte == 0x3F || byte == 0x6E || byte == 0x23
      || byte == 0x3C || byte == 0x5C
  }

  private static func equal(_ token: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard token.count == bytes.count else { return false }
    for index in token.indices where token[index] != bytes[index] { return false }
    return true
  }

  /// Whether a cell is "null" in capital or small letters, or both, as some databases write it.
  private static func isNull(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.count == 4 && bytes[0] | 0x20 == 0x6E && bytes[1] | 0x20 == 0x75
      && bytes[2] | 0x20 == 0x6C && bytes[3] | 0x20 == 0x6C && bytes[0] == 0x4E
  }
}
