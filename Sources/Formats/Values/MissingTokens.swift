// SPDX-License-Identifier: Apache-2.0

/// The texts that stand for a missing value.
enum MissingTokens {
  /// Whether a cell is empty or white space.
  @inline(__always)
  static func isBlank(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in bytes where byte != 0x20 && byte != 0x09 { return false }
    return true
  }

  /// Whether a cell is a missing code among words.
  static func isMissingText(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count <= 4 else { return false }
    return isBlank(bytes) || textTokens.contains { equal($0, bytes) }
  }

  /// Whether a cell is a missing code among numbers, dates or truth values.
  static func isMissingValue(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if isBlank(bytes) { return true }
    let trimmed = trimmed(bytes)
    guard trimmed.count <= 4 else { return false }
    return textTokens.contains { equal($0, trimmed) } || valueTokens.contains { equal($0, trimmed) }
  }

  /// A cell without the spaces around it.
  @inline(__always)
  static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var start = 0
    var end = bytes.count
    while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    if start == 0, end == bytes.count { return bytes }
    return UnsafeBufferPointer(rebasing: bytes[start..<end])
  }

  private static let textTokens = ["NA", "N/A", "NULL", "NaN", "?"].map { Array($0.utf8) }
  private static let valueTokens = ["n/a", "null", "None", "none", "nan", "#N/A", ".", "-", "--"].map {
    Array($0.utf8)
  }

  private static func equal(_ token: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    token.count == bytes.count && token.elementsEqual(bytes)
  }
}
