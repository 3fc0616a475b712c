// SPDX-License-Identifier: Apache-2.0

/// The fields of a delimited text as stretches of bytes.
struct FieldText: @unchecked Sendable {
  let text: UnsafeBufferPointer<UInt8>
  let index: FieldIndex
  let quote: UInt8
  let width: Int
  /// The record that holds row 0.
  let firstRow: Int

  var rowCount: Int { index.recordCount - firstRow }

  /// The bytes of a cell without its quotes, doubled quotes still doubled; empty past a record's end.
  @inline(__always)
  func bytes(row: Int, column: Int) -> UnsafeBufferPointer<UInt8> {
    let record = firstRow + row
    let field = Int(index.records[record]) + column
    guard field < Int(index.records[record + 1]) else {
      return UnsafeBufferPointer(rebasing: text[0..<0])
    }
    var start = Int(index.starts[field])
    var end = Int(index.ends[field])
    if start < end, text[start] == quote {
      start += 1
      if end > start, text[end - 1] == quote { end -= 1 }
    }
    return UnsafeBufferPointer(rebasing: text[start..<end])
  }

  /// Whether a cell stands in quotes.
  @inline(__always)
  func isQuoted(row: Int, column: Int) -> Bool {
    let record = firstRow + row
    let field = Int(index.records[record]) + column
    guard field < Int(index.records[record + 1]) else { return false }
    let start = Int(index.starts[field])
    return start < Int(index.ends[field]) && text[start] == quote
  }

  /// The text of a cell, doubled quotes made single.
  func string(row: Int, column: Int) -> String {
    let bytes = bytes(row: row, column: column)
    guard isQuoted(row: row, column: column), bytes.contains(quote) else {
      return String(decoding: bytes, as: UTF8.self)
    }
    return String(decoding: Self.unquoted(bytes, quote), as: UTF8.self)
  }

  /// Bytes with each doubled quote made single.
  static func unquoted(_ bytes: UnsafeBufferPointer<UInt8>, _ quote: UInt8) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      result.append(bytes[index])
      index += bytes[index] == quote && index + 1 < bytes.count && bytes[index + 1] == quote ? 2 : 1
    }
    return result
  }
}
