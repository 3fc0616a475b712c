// SPDX-License-Identifier: Apache-2.0
import Packing
import Tables

/// Writes the pages of one column, for a range of rows at a time.
struct ParquetColumnWriting {
  /// The type in which values lie.
  let physical: ParquetPhysicalType
  private let column: Column
  private let codes: StandingCodes

  /// The least share of repeats at which texts are written as a dictionary with codes.
  private static let dictionaryLimit = 1 << 20

  /// The type in which the values of a column lie.
  static func physical(_ column: Column, isFloat: Bool) -> ParquetPhysicalType {
    switch column.values {
    case .booleans: .boolean
    case .numbers: isFloat ? .float : .double
    case .wholeNumbers, .times, .dateTimes: .int64
    case .texts: .bytes
    case .dates: .int32
    }
  }

  init(_ column: Column, physical: ParquetPhysicalType) {
    self.column = column
    self.physical = physical
    codes = StandingCodes(column, isWhole: physical == .int64)
  }

  /// Whether all numbers of a column have room in four bytes.
  static func areFloats(_ column: Column) -> Bool {
    guard case .numbers(let list) = column.values else { return false }
    return list.allSatisfy { Double(Float($0)) == $0 }
  }

  /// How many rows of a range are null.
  func nullCount(_ rows: Range<Int>) -> Int { codes.nullCount(rows) }

  /// What is said of codes of missing that become null.
  var loss: Diagnostic? { codes.loss(column: column.name) }

  /// What was written for a range of rows.
  struct Pages {
    var bytes: [UInt8] = []
    /// How many bytes they are, once they are written and gone.
    var size = 0
    /// Bytes as they would be if nothing were packed.
    var plainSize = 0
    /// Where the data pages begin; after the dictionary, if there is one.
    var dataOffset = 0
    var hasDictionary = false
  }

  /// The pages of a range of rows: one of data, after a dictionary where that is shorter.
  func pages(_ rows: Range<Int>) throws(DataError) -> Pages {
    var pages = Pages()
    var values: [UInt8]
    var encoding = 0
    if case .texts(let texts, let pool) = column.values,
      let (dictionary, indices) = dictionary(texts, pool, rows)
    {
      try append(
        dictionary.bytes, to: &pages,
        head: { head in
          head.record(7) { record in
            record.int32(1, dictionary.count)
            record.int32(2, 0)
          }
        }, kind: 2)
      pages.hasDictionary = true
      pages.dataOffset = pages.bytes.count
      let width = HybridRuns.width(upTo: max(1, dictionary.count - 1))
      values = [UInt8(width)] + HybridRuns.write(indices, width: width)
      encoding = 8
    } else {
      values = plain(rows)
    }
    let levels = HybridRuns.write(
      codes.hasNoNulls
        ? [UInt32](repeating: 1, count: rows.count) : rows.map { codes.isNull($0) ? 0 : 1 },
      width: 1)
    var page = Self.bytes(UInt32(levels.count)) + levels
    page += values
    try append(
      page, to: &pages,
      head: { head in
        head.record(5) { record in
          record.int32(1, rows.count)
          record.int32(2, encoding)
          record.int32(3, 3)
          record.int32(4, 3)
        }
      }, kind: 0)
    return pages
  }

  private func append(
    _ plain: [UInt8], to pages: inout Pages, head: (inout ThriftWriter) -> Void, kind: Int
  ) throws(DataError) {
    let packed = try Zstandard.pack(plain)
    var writer = ThriftWriter()
    writer.element { record in
      record.int32(1, kind)
      record.int32(2, plain.count)
      record.int32(3, packed.count)
      record.int32(4, Int(Int32(bitPattern: Checksum.crc32(packed[...]))))
      head(&record)
    }
    pages.bytes += writer.bytes
    pages.bytes += packed
    pages.plainSize += writer.bytes.count + plain.count
  }

  // MARK: Values

  /// The texts of a range as a dictionary and codes into it, where they repeat enough.
  private func dictionary(
    _ texts: [UInt32], _ pool: TextPool, _ rows: Range<Int>
  ) -> (texts: (bytes: [UInt8], count: Int), indices: [UInt32])? {
    guard pool.count > 0 else { return nil }
    // Where texts hardly repeat, a dictionary only adds to them.
    let most = max(256, rows.count / 2)
    // Only texts that rows have: the pool may hold those of other rows.
    var numbers = [UInt32](repeating: .max, count: pool.count)
    var bytes: [UInt8] = []
    var count: UInt32 = 0
    var indices: [UInt32] = []
    indices.reserveCapacity(rows.count)
    for row in rows where !codes.isNull(row) {
      let code = Int(texts[row])
      if numbers[code] == .max {
        guard count < most else { return nil }
        numbers[code] = count
        count += 1
        let range = pool.range(of: code)
        bytes += Self.bytes(UInt32(range.count))
        bytes += pool.bytes[range]
      }
      indices.append(numbers[code])
    }
    guard count > 0, bytes.count <= Self.dictionaryLimit * 16 else { return nil }
    return (texts: (bytes: bytes, count: Int(count)), indices: indices)
  }

  private func plain(_ rows: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    switch column.values {
    case .numbers(let list):
      if physical == .float {
        bytes.reserveCapacity(rows.count * 4)
        for row in rows where !codes.isNull(row) {
          Self.append(Float(codes.standing(row) ?? list[row]).bitPattern, to: &bytes)
        }
      } else {
        bytes.reserveCapacity(rows.count * 8)
        for row in rows where !codes.isNull(row) {
          Self.append((codes.standing(row) ?? list[row]).bitPattern, to: &bytes)
        }
      }
    case .wholeNumbers(let list), .times(let list), .dateTimes(let list):
      bytes.reserveCapacity(rows.count * 8)
      for row in rows where !codes.isNull(row) {
        Self.append(codes.standing(row).map { Int64($0) } ?? list[row], to: &bytes)
      }
    case .dates(let list):
      bytes.reserveCapacity(rows.count * 4)
      for row in rows where !codes.isNull(row) { Self.append(list[row], to: &bytes) }
    case .booleans(let list):
      var bit = 0
      for row in rows where !codes.isNull(row) {
        if bit % 8 == 0 { bytes.append(0) }
        if list[row] { bytes[bytes.count - 1] |= 1 << UInt8(bit % 8) }
        bit += 1
      }
    case .texts(let texts, let pool):
      for row in rows where !codes.isNull(row) {
        let range = pool.range(of: Int(texts[row]))
        Self.append(UInt32(range.count), to: &bytes)
        bytes += pool.bytes[range]
      }
    }
    return bytes
  }

  @inline(__always)
  private static func append<Value: FixedWidthInteger>(_ value: Value, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private static func bytes(_ value: UInt32) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}
