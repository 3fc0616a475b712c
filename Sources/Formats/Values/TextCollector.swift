// SPDX-License-Identifier: Apache-2.0
import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Gathers the distinct texts of a column, in order of first appearance.
struct TextCollector: CellCollector {
  private let cells: FieldText
  private let column: Int
  private var pool = TextPool()
  private var slots: [UInt32]
  private var hashes: [UInt32] = []
  private var codes: [UInt32] = []
  private var missing: MissingCollector

  init(cells: FieldText, column: Int) {
    self.cells = cells
    self.column = column
    slots = [UInt32](repeating: .max, count: 256)
    missing = MissingCollector(rowCount: cells.rowCount)
    codes.reserveCapacity(cells.rowCount)
  }

  mutating func consume(_ rows: Range<Int>) -> Bool {
    for row in rows {
      let bytes = cells.bytes(row: row, column: column)
      if MissingTokens.isMissingText(bytes), missing.add(row, bytes) {
        codes.append(0)
      } else if cells.needsUnescaping(bytes) {
        let isQuoted = cells.isQuoted(row: row, column: column)
        let text = cells.unescaped(bytes, isQuoted: isQuoted)
        codes.append(text.withUnsafeBufferPointer { number(of: $0) })
      } else {
        codes.append(number(of: bytes))
      }
    }
    return true
  }

  mutating func finish(name: String) -> (column: Column, diagnostics: [Diagnostic])? {
    // A column of nothing but missing cells still needs a text to point to.
    if pool.count == 0, !codes.isEmpty { pool.append("") }
    return (
      Column(
        name: name, values: .texts(codes: codes, pool: pool), missing: missing.cells, form: .text),
      []
    )
  }

  private mutating func number(of bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let hash = Self.hash(bytes)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != .max {
      let known = Int(slots[slot])
      if hashes[known] == hash, isEqual(known, bytes) { return UInt32(known) }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = UInt32(pool.count)
    slots[slot] = number
    hashes.append(hash)
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
    slots = [UInt32](repeating: .max, count: slots.count * 4)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(hash) & (slots.count - 1)
      while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(number)
    }
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
