// SPDX-License-Identifier: Apache-2.0
import Tables

/// Gathers the distinct texts of a column, in order of first appearance.
struct TextCollector {
  private let cells: FieldText
  private let column: Int
  private var pool = TextPool()
  private var slots: [UInt32]
  private var hashes: [UInt32] = []

  init(cells: FieldText, column: Int) {
    self.cells = cells
    self.column = column
    slots = [UInt32](repeating: .max, count: 1024)
  }

  mutating func column(name: String) -> Column {
    var codes: [UInt32] = []
    codes.reserveCapacity(cells.rowCount)
    var missing = MissingCollector(rowCount: cells.rowCount)
    for row in 0..<cells.rowCount {
      let bytes = cells.bytes(row: row, column: column)
      if bytes.count <= 4, MissingTokens.isMissingText(bytes), missing.add(row, bytes) {
        codes.append(0)
        continue
      }
      if cells.isQuoted(row: row, column: column), bytes.contains(cells.quote) {
        let text = FieldText.unquoted(bytes, cells.quote)
        codes.append(text.withUnsafeBufferPointer { number(of: $0) })
      } else {
        codes.append(number(of: bytes))
      }
    }
    // A column of nothing but missing cells still needs a text to point to.
    if pool.count == 0, !codes.isEmpty { pool.append("") }
    return Column(
      name: name, values: .texts(codes: codes, pool: pool), missing: missing.cells, form: .text)
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
    return pool.bytes.withUnsafeBufferPointer { pool in
      for index in 0..<bytes.count where pool[range.lowerBound + index] != bytes[index] {
        return false
      }
      return true
    }
  }

  private mutating func grow() {
    slots = [UInt32](repeating: .max, count: slots.count * 2)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(hash) & (slots.count - 1)
      while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(number)
    }
  }

  /// FNV-1a with a final mix; only the speed of look-ups rests on it.
  @inline(__always)
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash ^= hash >> 29
    hash = hash &* 0xbf58_476d_1ce4_e5b9
    return UInt32(truncatingIfNeeded: hash >> 32)
  }
}
