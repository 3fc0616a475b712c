// SPDX-License-Identifier: Apache-2.0

/// A value of JSON, as far as a table's cell needs it.
enum JSONCell: Equatable {
  case null
  case boolean(Bool)
  case whole(Int64)
  case number(Double)
  case text(String)
  /// An array or object, as it is written.
  case nested(String)
}

/// Reads objects of JSON one after another.
///
/// ## Source
/// RFC 8259, without its limits on what a member's name may be.
struct JSONScanner {
  /// The bytes make no JSON at a place.
  struct Damage: Error { let place: Int }

  private let bytes: [UInt8]
  private(set) var place: Int
  private let end: Int

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    place = range.lowerBound
    end = range.upperBound
  }

  /// The members of the one object that the bytes hold, in order.
  mutating func object() throws(Damage) -> [(name: String, cell: JSONCell)] {
    skipSpace()
    guard take(0x7B) else { throw Damage(place: place) }
    var members: [(String, JSONCell)] = []
    skipSpace()
    if !take(0x7D) {
      while true {
        skipSpace()
        let name = try string()
        skipSpace()
        guard take(0x3A) else { throw Damage(place: place) }
        members.append((name, try cell()))
        skipSpace()
        if take(0x7D) { break }
        guard take(0x2C) else { throw Damage(place: place) }
      }
    }
    skipSpace()
    guard place == end else { throw Damage(place: place) }
    return members
  }

  // MARK: Values

  private mutating func cell() throws(Damage) -> JSONCell {
    skipSpace()
    guard place < end else { throw Damage(place: place) }
    switch bytes[place] {
    case 0x22: return .text(try string())
    case 0x7B, 0x5B:
      let start = place
      try skipNested()
      return .nested(String(decoding: bytes[start..<place], as: UTF8.self))
    case 0x74 where word("true"): return .boolean(true)
    case 0x66 where word("false"): return .boolean(false)
    case 0x6E where word("null"): return .null
    default: return try number()
    }
  }

  private mutating func word(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard place + count <= end,
      bytes[place..<place + count].elementsEqual(
        UnsafeBufferPointer(start: word.utf8Start, count: count))
    else { return false }
    place += count
    return true
  }

  private mutating func number() throws(Damage) -> JSONCell {
    let start = place
    while place < end {
      switch bytes[place] {
      case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x45, 0x65: place += 1
      default:
        return try number(start)
      }
    }
    return try number(start)
  }

  private func number(_ start: Int) throws(Damage) -> JSONCell {
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    if let whole = Int64(text), text.first != "+" { return .whole(whole) }
    guard let value = Double(text), value.isFinite, text.first != "+", text.first != "." else {
      throw Damage(place: start)
    }
    return .number(value)
  }

  private mutating func string() throws(Damage) -> String {
    guard take(0x22) else { throw Damage(place: place) }
    let start = place
    while place < end, bytes[place] != 0x22, bytes[place] != 0x5C { place += 1 }
    var result = String(decoding: bytes[start..<place], as: UTF8.self)
    while place < end {
      let byte = bytes[place]
      if byte == 0x22 {
        place += 1
        return result
      }
      if byte == 0x5C {
        place += 1
        result.unicodeScalars.append(try escaped())
      } else {
        let from = place
        while place < end, bytes[place] != 0x22, bytes[place] != 0x5C { place += 1 }
        result += String(decoding: bytes[from..<place], as: UTF8.self)
      }
    }
    throw Damage(place: place)
  }

  private mutating func escaped() throws(Damage) -> UnicodeScalar {
    guard place < end else { throw Damage(place: place) }
    let sign = bytes[place]
    place += 1
    switch sign {
    case 0x6E: return "\n"
    case 0x74: return "\t"
    case 0x72: return "\r"
    case 0x62: return "\u{8}"
    case 0x66: return "\u{C}"
    case 0x22, 0x5C, 0x2F: return UnicodeScalar(sign)
    case 0x75:
      let first = try unit()
      guard (0xD800..<0xDC00).contains(first) else {
        return UnicodeScalar(first) ?? "\u{FFFD}"
      }
      guard place + 1 < end, bytes[place] == 0x5C, bytes[place + 1] == 0x75 else {
        return "\u{FFFD}"
      }
      place += 2
      let second = try unit()
      guard (0xDC00..<0xE000).contains(second) else { return "\u{FFFD}" }
      return UnicodeScalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
    default: throw Damage(place: place)
    }
  }

  private mutating func unit() throws(Damage) -> UInt32 {
    guard place + 4 <= end,
      let value = UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
    else { throw Damage(place: place) }
    place += 4
    return value
  }

  /// Passes over an array or object; brackets are counted, so that depth costs no stack.
  private mutating func skipNested() throws(Damage) {
    var depth = 0
    while place < end {
      switch bytes[place] {
      case 0x22: _ = try string()
      case 0x7B, 0x5B:
        depth += 1
        place += 1
      case 0x7D, 0x5D:
        depth -= 1
        place += 1
        if depth == 0 { return }
      default: place += 1
      }
    }
    throw Damage(place: place)
  }

  private mutating func skipSpace() {
    while place < end, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard place < end, bytes[place] == byte else { return false }
    place += 1
    return true
  }
}
