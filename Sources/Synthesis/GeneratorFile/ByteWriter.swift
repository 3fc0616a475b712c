// SPDX-License-Identifier: Apache-2.0

/// Writes numbers, texts and lists as bytes, least significant byte first.
public struct ByteWriter: Sendable {
  /// What was written.
  public private(set) var bytes: [UInt8] = []

  /// Creates a writer.
  public init() {}

  /// Writes one byte.
  public mutating func write(byte: UInt8) { bytes.append(byte) }

  /// Writes bytes as they are.
  public mutating func write(raw: [UInt8]) { bytes.append(contentsOf: raw) }

  /// Writes a count of 0 or more in as few bytes as it takes (LEB128).
  public mutating func write(count: Int) {
    var rest = UInt64(max(count, 0))
    while rest >= 128 {
      bytes.append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Writes a number, bit by bit.
  public mutating func write(_ number: Double) { write(number.bitPattern) }

  /// Writes a whole number.
  public mutating func write(_ number: Int64) { write(UInt64(bitPattern: number)) }

  private mutating func write(_ bits: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
  }

  /// Writes a text with its length.
  public mutating func write(_ text: String) {
    write(count: text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  /// Writes bytes with their length.
  public mutating func write(_ list: [UInt8]) {
    write(count: list.count)
    bytes.append(contentsOf: list)
  }

  /// Writes counts with their number.
  public mutating func write(counts: [Int]) {
    write(count: counts.count)
    for entry in counts { write(count: entry) }
  }

  /// Writes weights with their number: short where all of them are whole, as they mostly are.
  public mutating func write(weights: [Double]) {
    let areWhole = weights.allSatisfy { $0 >= 0 && $0 < 9e15 && $0 == $0.rounded() }
    write(byte: areWhole ? 1 : 0)
    write(count: weights.count)
    for weight in weights {
      if areWhole { write(count: Int(weight)) } else { write(weight) }
    }
  }
}
