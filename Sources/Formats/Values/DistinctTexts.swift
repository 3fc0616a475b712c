// SPDX-License-Identifier: Apache-2.0
package import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Texts, each kept once and numbered by first appearance.
package struct DistinctTexts {
  /// The texts by their numbers.
  package private(set) var pool = TextPool()
  /// Open addresses: the hash of a text above, its number below; all ones where there is none.
  private var slots = [UInt64](repeating: .max, count: 256)

  /// Starts without any text.
  package init() {}

  /// The number of a text given as UTF-8 bytes; a new one gets the next number.
  package mutating func number(of bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let hash = Self.hash(bytes)
    let mask = slots.count - 1
    let found = slots.withUnsafeBufferPointer { slots -> (slot: Int, number: UInt32?) in
      var slot = Int(hash) & mask
      while slots[slot] != .max {
        let number = UInt32(truncatingIfNeeded: slots[slot])
        if UInt32(truncatingIfNeeded: slots[slot] >> 32) == hash, isEqual(Int(number), bytes) {
          return (slot, number)
        }
        slot = (slot + 1) & mask
      }
      return (slot, nil)
    }
    if let number = found.number { return number }
    let number = UInt32(pool.count)
    slots[found.slot] = UInt64(hash) << 32 | UInt64(number)
    pool.append(utf8: bytes)
    if pool.count * 2 > slots.count { grow() }
    return number
  }

  private func isEqual(_ known: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = pool.range(of: known)
    guard range.count == bytes.count else { return false }
    guard let other = bytes.baseAddress, !range.isEmpty else { return true }
    return pool.bytes.withUnsafeBufferPointer { pool in
      guard let start = pool.baseAddress else { return false }
      return memcmp(start + range.lowerBound, other, range.count) == 0
    }
  }

  private mutating func grow() {
    var larger = [UInt64](repeating: .max, count: slots.count * 4)
    let mask = larger.count - 1
    for entry in slots where entry != .max {
      var slot = Int(entry >> 32) & mask
      while larger[slot] != .max { slot = (slot + 1) & mask }
      larger[slot] = entry
    }
    slots = larger
  }

  /// Folds eight bytes at a time by multiplication; only the speed of look-ups rests on it.
  @inline(__always)
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let raw = UnsafeRawBufferPointer(bytes)
    var hash = UInt64(raw.count) &* 0x9e37_79b9_7f4a_7c15
    var index = 0
    while index + 8 <= raw.count {
      hash = mix(hash ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index += 8
    }
    var rest: UInt64 = 0
    while index < raw.count {
      rest = rest << 8 | UInt64(raw[index])
      index += 1
    }
    return UInt32(truncatingIfNeeded: mix(hash ^ rest) >> 32)
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xbf58_476d_1ce4_e5b9)
    return product.high ^ product.low &+ 0x9e37_79b9_7f4a_7c15
  }
}
