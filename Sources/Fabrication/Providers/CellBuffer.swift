// SPDX-License-Identifier: Apache-2.0
import Tables

/// The texts of a column while they are made, end to end in memory of its own.
///
/// Appending to an array checks for sharing at every piece, which costs more than the pieces, a few
/// bytes each.
struct CellBuffer: ~Copyable {
  private var bytes: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0
  private var ends: [Int] = []

  init(rowCount: Int = 1) {
    capacity = max(rowCount, 8) * 32
    bytes = .allocate(capacity: capacity)
    ends.reserveCapacity(rowCount)
  }

  deinit { bytes.deallocate() }

  /// Room for more bytes, which the caller then accounts for by `advance`.
  @inline(__always)
  private mutating func room(_ more: Int) -> UnsafeMutablePointer<UInt8> {
    if count &+ more > capacity { grow(by: more) }
    return bytes + count
  }

  @inline(never)
  private mutating func grow(by more: Int) {
    let larger = max(capacity * 2, count + more)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    moved.update(from: bytes, count: count)
    bytes.deallocate()
    bytes = moved
    capacity = larger
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    room(1).pointee = byte
    count &+= 1
  }

  @inline(__always)
  mutating func append(text: StaticString) {
    let length = text.utf8CodeUnitCount
    room(length).update(from: text.utf8Start, count: length)
    count &+= length
  }

  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    guard let from = text.baseAddress else { return }
    room(text.count).update(from: from, count: text.count)
    count += text.count
  }

  /// Appends the first bytes of a vector; all of it is stored, and the rest overwritten.
  @inline(__always)
  mutating func append(_ vector: SIMD16<UInt8>, length: Int) {
    UnsafeMutableRawPointer(room(16)).storeBytes(of: vector, as: SIMD16<UInt8>.self)
    count &+= length
  }

  /// Appends the decimal digits of a number, with zeros in front up to a width.
  @inline(__always)
  mutating func append(number: Int, width: Int = 1) {
    var rest = UInt64(number.magnitude)
    var length = 1
    var limit: UInt64 = 10
    while length < 19, rest >= limit {
      limit &*= 10
      length &+= 1
    }
    length = max(length, width)
    let end = room(length) + length
    for place in 1...length {
      let quotient = rest / 10
      (end - place).pointee = 0x30 &+ UInt8(truncatingIfNeeded: rest &- quotient &* 10)
      rest = quotient
    }
    count &+= length
  }

  /// Appends the last hexadecimal digits, 4 or 8, of a number.
  @inline(__always)
  mutating func append(hexadecimal number: UInt32, digits: Int) {
    // Each half-byte into a byte of its own, the highest first, then each into its sign.
    var wide = UInt64(digits == 4 ? number << 16 : number)
    wide = (wide | wide << 16) & 0x0000_FFFF_0000_FFFF
    wide = (wide | wide << 8) & 0x00FF_00FF_00FF_00FF
    wide = (wide | wide << 4) & 0x0F0F_0F0F_0F0F_0F0F
    let isLetter = ((wide &+ 0x0606_0606_0606_0606) >> 4) & 0x0101_0101_0101_0101
    let signs = wide &+ 0x3030_3030_3030_3030 &+ isLetter &* 0x27
    UnsafeMutableRawPointer(room(8)).storeBytes(of: signs.bigEndian, as: UInt64.self)
    count &+= digits
  }

  /// Makes ASCII letters small from a place on.
  mutating func lower(from start: Int) {
    for place in start..<count {
      let byte = bytes[place]
      if byte >= 0x41, byte <= 0x5A { bytes[place] = byte | 0x20 }
    }
  }

  /// Makes an ASCII letter at a place large.
  mutating func capitalize(at place: Int) { bytes[place] &= 0xDF }

  /// Ends the text of a row.
  @inline(__always)
  mutating func endCell() { ends.append(count) }

  /// The bytes since the last text was ended.
  var last: [UInt8] {
    Array(UnsafeBufferPointer(start: bytes + (ends.last ?? 0), count: count - (ends.last ?? 0)))
  }

  /// The texts that were ended.
  func pool() -> TextPool {
    TextPool(bytes: UnsafeBufferPointer(start: bytes, count: count), ends: ends)
  }
}
