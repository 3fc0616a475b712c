// SPDX-License-Identifier: Apache-2.0
import Tables

extension ArrowColumnReading {
  /// Whole numbers, and what is counted in them.
  func integers(
    _ batch: ArrowBatch, _ type: ArrowType, _ nulls: [UInt8]
  ) throws(DataError) -> [Int64] {
    switch type {
    case .truth: return try truths(batch, nulls)
    case .date(isMilliseconds: true):
      return try load(batch, nulls, zero: 0) { (raw: Int64) in
        raw / 86_400_000 - (raw % 86_400_000 < 0 ? 1 : 0)
      }
    case .integer(8, true): return try load(batch, nulls, zero: 0) { (raw: Int8) in Int64(raw) }
    case .integer(8, false): return try load(batch, nulls, zero: 0) { (raw: UInt8) in Int64(raw) }
    case .integer(16, true): return try load(batch, nulls, zero: 0) { (raw: Int16) in Int64(raw) }
    case .integer(16, false): return try load(batch, nulls, zero: 0) { (raw: UInt16) in Int64(raw) }
    case .integer(32, false): return try load(batch, nulls, zero: 0) { (raw: UInt32) in Int64(raw) }
    default:
      return type.width == 4
        ? try load(batch, nulls, zero: 0) { (raw: Int32) in Int64(raw) }
        : try load(batch, nulls, zero: 0) { (raw: Int64) in raw }
    }
  }

  private func truths(_ batch: ArrowBatch, _ nulls: [UInt8]) throws(DataError) -> [Int64] {
    let bits = try buffer(batch, 1, needed: (batch.rowCount + 7) / 8)
    return bits.withUnsafeBufferPointer { bits in
      (0..<batch.rowCount).map { row in
        nulls.isEmpty || nulls[row] == 0 ? Int64(bits[row >> 3] >> UInt8(row & 7) & 1) : 0
      }
    }
  }

  /// Numbers with a fraction; decimals without their point.
  func numbers(_ batch: ArrowBatch, _ nulls: [UInt8]) throws(DataError) -> [Double] {
    switch field.type {
    case .float(16):
      return try load(batch, nulls, zero: 0) { (raw: UInt16) in ColumnarTyping.half(raw) }
    case .float(32):
      return try load(batch, nulls, zero: 0) { (raw: UInt32) in Double(Float(bitPattern: raw)) }
    case .decimal(32, _, _):
      return try load(batch, nulls, zero: 0) { (raw: Int32) in Double(raw) }
    case .decimal(64, _, _):
      return try load(batch, nulls, zero: 0) { (raw: Int64) in Double(raw) }
    case .decimal(128, _, _):
      return try load(batch, nulls, zero: 0) { (raw: Int128) in Double(raw) }
    case .decimal:
      // Of 256 bits the upper half may only repeat the sign; no other number has a use here.
      let content = try buffer(batch, 1, needed: batch.rowCount * 32)
      var isWhole = true
      let values = content.withUnsafeBytes { raw in
        (0..<batch.rowCount).map { row in
          guard nulls.isEmpty || nulls[row] == 0 else { return 0.0 }
          let low = Int128(
            littleEndian: raw.loadUnaligned(fromByteOffset: row * 32, as: Int128.self))
          let high = Int128(
            littleEndian: raw.loadUnaligned(fromByteOffset: row * 32 + 16, as: Int128.self))
          if high != low >> 127 { isWhole = false }
          return Double(low)
        }
      }
      guard isWhole else {
        throw ColumnarDamage.unsupported("decimals beyond 38 digits", file, column: leaf.name)
      }
      return values
    default:
      return try load(batch, nulls, zero: 0) { (raw: UInt64) in Double(bitPattern: raw) }
    }
  }
}
