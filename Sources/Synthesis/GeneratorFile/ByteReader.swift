// SPDX-License-Identifier: Apache-2.0

/// Reads what ``ByteWriter`` wrote; damaged bytes throw and never trap.
public struct ByteReader: Sendable {
  /// Bytes that end too early, or that say what cannot be.
  public struct Damage: Error, Hashable, Sendable {
    /// Creates the error.
    public init() {}
  }

  private let bytes: ArraySlice<UInt8>
  private var position: Int

  /// Creates a reader of some bytes.
  public init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// Whether all bytes were read.
  public var isAtEnd: Bool { position == bytes.endIndex }

  /// Reads one byte.
  public mutating func byte() throws(Damage) -> UInt8 {
    guard position < bytes.endIndex else { throw Damage() }
    defer { position += 1 }
    return bytes[position]
  }

  /// Reads some bytes.
  public mutating func raw(_ count: Int) throws(Damage) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.endIndex - position else { throw Damage() }
    defer { position += count }
    return bytes[position..<position + count]
  }

  /// Reads a count.
  public mutating func count() throws(Damage) -> Int {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 63, by: 7) {
      let next = try byte()
      value |= UInt64(next & 127) << shift
      if next < 128 {
        guard value <= UInt64(Int.max) else { throw Damage() }
        return Int(value)
      }
    }
    throw Damage()
  }

  /// Reads a count of entries that follow and take a byte each at least.
  public mutating func entryCount() throws(Damage) -> Int {
    let number = try count()
    guard number <= bytes.endIndex - position else { throw Damage() }
    return number
  }

  /// Reads a number.
  public mutating func number() throws(Damage) -> Double { Double(bitPattern: try bits()) }

  /// Reads a whole number.
  public mutating func wholeNumber() throws(Damage) -> Int64 { Int64(bitPattern: try bits()) }

  private mutating func bits() throws(Damage) -> UInt64 {
    var value: UInt64 = 0
    for (index, byte) in try raw(8).enumerated() { value |= UInt64(byte) << (8 * UInt64(index)) }
    return value
  }

  /// Reads a text.
  public mutating func text() throws(Damage) -> String {
    String(decoding: try raw(try count()), as: UTF8.self)
  }

  /// Reads bytes.
  public mutating func list() throws(Damage) -> [UInt8] { Array(try raw(try count())) }

  /// Reads counts.
  public mutating func counts() throws(Damage) -> [Int] {
    let number = try entryCount()
    var list: [Int] = []
    list.reserveCapacity(number)
    for _ in 0..<number { list.append(try count()) }
    return list
  }

  /// Reads weights; all of them finite and none negative.
  public mutating func weights() throws(Damage) -> [Double] {
    let areWhole = try byte() == 1
    let number = try entryCount()
    var list: [Double] = []
    list.reserveCapacity(number)
    for _ in 0..<number {
      let weight = areWhole ? Double(try count()) : try self.number()
      guard weight.isFinite, weight >= 0 else { throw Damage() }
      list.append(weight)
    }
    return list
  }
}
