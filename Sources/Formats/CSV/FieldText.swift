// SPDX-License-Identifier: Apache-2.0

/// The fields of a delimited text as stretches of bytes.
///
/// Whoever makes one keeps the text and the index alive and unchanged meanwhile.
struct FieldText: @unchecked Sendable {
  let text: UnsafeBufferPointer<UInt8>
  let marks: UnsafeBufferPointer<UInt32>
  let records: UnsafeBufferPointer<UInt32>
  let signs: FieldSigns
  let width: Int
  /// The record that holds row 0.
  var firstRow = 0
  /// Whether a space at the start of each field but the first belongs to the delimiter.
  var skipsSpace = false

  var recordCount: Int { records.count - 1 }
  var rowCount: Int { recordCount - firstRow }

  /// The bytes of a field as they stand in the text; empty past a record's end.
  @inline(__always)
  func raw(row: Int, column: Int) -> UnsafeBufferPointer<UInt8> {
    let record = firstRow + row
    let field = Int(records[record]) + column
    guard field + 1 < Int(records[record + 1]) else { return text.stretch(0, 0) }
    var start = Int(marks[field])
    var end = Int(marks[field + 1]) - 1
    if skipsSpace, column > 0, start < end, text[start] == 0x20 { start += 1 }
    if signs.joinsRuns { while end > start, text[end - 1] == 0x20 { end -= 1 } }
    return text.stretch(start, max(start, end))
  }

  /// The bytes of a cell without its quotes, escaped quotes still escaped.
  @inline(__always)
  func bytes(row: Int, column: Int) -> UnsafeBufferPointer<UInt8> {
    let raw = raw(row: row, column: column)
    guard let first = raw.first, first == signs.quote || first == 0x20 else { return raw }
    return inner(raw) ?? raw
  }

  /// Whether a cell stands in quotes.
  @inline(__always)
  func isQuoted(row: Int, column: Int) -> Bool {
    let raw = raw(row: row, column: column)
    guard let first = raw.first, first == signs.quote || first == 0x20 else { return false }
    return inner(raw) != nil
  }

  /// What stands between the quotes of a field, or `nil` if it is not quoted.
  private func inner(_ raw: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
    guard signs.quote != 0 else { return nil }
    var start = 0
    var end = raw.count
    while start < end, signs.isPadding(raw[start]) { start += 1 }
    guard start < end, raw[start] == signs.quote else { return nil }
    while end > start, signs.isPadding(raw[end - 1]) { end -= 1 }
    guard end - start >= 2, raw[end - 1] == signs.quote else { return nil }
    return raw.stretch(start + 1, end - 1)
  }

  /// The text of a cell, escaped signs made plain.
  func string(row: Int, column: Int) -> String {
    let bytes = bytes(row: row, column: column)
    guard needsUnescaping(bytes) else { return String(decoding: bytes, as: UTF8.self) }
    let isQuoted = isQuoted(row: row, column: column)
    return String(decoding: unescaped(bytes, isQuoted: isQuoted), as: UTF8.self)
  }

  /// Whether a cell has signs that may be escaped.
  func needsUnescaping(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let hasBackslashes = signs.escapesWithBackslash || signs.escapesDelimiter
    let quote = signs.quote
    for byte in bytes where byte == quote || (byte == 0x5C && hasBackslashes) { return true }
    return false
  }

  /// A cell with each escaped sign made plain.
  func unescaped(_ bytes: UnsafeBufferPointer<UInt8>, isQuoted: Bool) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      if isQuoted, bytes[index] == signs.quote, next == signs.quote {
        index += 1
      } else if bytes[index] == 0x5C, isEscaped(next, isQuoted) {
        index += 1
      }
      result.append(bytes[index])
      index += 1
    }
    return result
  }

  private func isEscaped(_ byte: UInt8, _ isQuoted: Bool) -> Bool {
    if isQuoted { return signs.escapesWithBackslash && (byte == signs.quote || byte == 0x5C) }
    return signs.escapesDelimiter && (byte == signs.delimiter || byte == 0x5C)
  }
}

extension UnsafeBufferPointer {
  /// A stretch of the buffer.
  @inline(__always)
  func stretch(_ start: Int, _ end: Int) -> UnsafeBufferPointer {
    UnsafeBufferPointer(rebasing: self[start..<end])
  }
}
