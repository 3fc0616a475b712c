// SPDX-License-Identifier: Apache-2.0
import Formats
import Tables

/// Writes the buffers of one column, for a range of rows at a time.
struct ArrowColumnWriting {
  let column: Column
  let type: ArrowType
  private let codes: StandingCodes

  init(_ column: Column, type: ArrowType) {
    self.column = column
    self.type = type
    switch type {
    case .integer, .duration: codes = StandingCodes(column, isWhole: true)
    default: codes = StandingCodes(column, isWhole: false)
    }
  }

  /// What is said of codes of missing that become null.
  var loss: Diagnostic? { codes.loss(column: column.name) }

  /// How many rows of a range are null.
  func nullCount(_ rows: Range<Int>) -> Int { codes.nullCount(rows) }

  /// The buffers of a range of rows.
  ///
  /// - Parameters:
  ///   - levels: The dictionary of the column, if it has one; it takes the texts it lacks.
  func buffers(_ rows: Range<Int>, levels: inout DistinctTexts?) -> [[UInt8]] {
    let validity = codes.nullCount(rows) == 0 ? [] : bits(rows) { !codes.isNull($0) }
    switch column.values {
    case .booleans(let list): return [validity, bits(rows) { list[$0] && !codes.isNull($0) }]
    case .texts(let list, let pool):
      guard levels != nil else { return [validity] + texts(rows, list, pool) }
      return [validity, places(rows, list, pool, &levels)]
    case .dates(let list):
      return [
        validity,
        type.width == 8
          ? pack(rows) { Int64(list[$0]) * 86_400_000 } : pack(rows) { list[$0] },
      ]
    case .times(let list), .dateTimes(let list): return [validity, moments(rows, list)]
    case .wholeNumbers(let list): return [validity, wholeNumbers(rows, list)]
    case .numbers(let list): return [validity, numbers(rows, list)]
    }
  }

  /// A bit a row, the first in the lowest place.
  private func bits(_ rows: Range<Int>, _ isSet: (Int) -> Bool) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: (rows.count + 7) / 8)
    for (place, row) in rows.enumerated() where isSet(row) {
      bytes[place >> 3] |= 1 << UInt8(place & 7)
    }
    return bytes
  }

  /// Values of a width one after another, zero where a row is null.
  private func pack<Value: FixedWidthInteger & BitwiseCopyable>(
    _ rows: Range<Int>, _ value: (Int) -> Value
  ) -> [UInt8] {
    let width = MemoryLayout<Value>.size
    return [UInt8](unsafeUninitializedCapacity: rows.count * width) { space, count in
      let raw = UnsafeMutableRawBufferPointer(space)
      for (place, row) in rows.enumerated() {
        let bits = codes.isNull(row) ? 0 : value(row).littleEndian
        raw.storeBytes(of: bits, toByteOffset: place * width, as: Value.self)
      }
      count = rows.count * width
    }
  }

  // MARK: Numbers

  private func wholeNumbers(_ rows: Range<Int>, _ list: [Int64]) -> [UInt8] {
    func value(_ row: Int) -> Int64 { codes.standing(row).map { Int64($0) } ?? list[row] }
    switch type {
    case .integer(8, _): return pack(rows) { UInt8(truncatingIfNeeded: value($0)) }
    case .integer(16, _): return pack(rows) { UInt16(truncatingIfNeeded: value($0)) }
    case .integer(32, _): return pack(rows) { UInt32(truncatingIfNeeded: value($0)) }
    case .decimal(128, _, _): return pack(rows) { Int128(value($0)) }
    default: return pack(rows) { value($0) }
    }
  }

  private func numbers(_ rows: Range<Int>, _ list: [Double]) -> [UInt8] {
    func value(_ row: Int) -> Double { codes.standing(row) ?? list[row] }
    switch type {
    case .float(32): return pack(rows) { Float(value($0)).bitPattern }
    case .decimal(let bits, _, let scale):
      let power = (0..<scale).reduce(1.0) { power, _ in power * 10 }
      return bits == 64
        ? pack(rows) { Int64((value($0) * power).rounded()) }
        : pack(rows) { Int128((value($0) * power).rounded()) }
    default: return pack(rows) { value($0).bitPattern }
    }
  }

  private func moments(_ rows: Range<Int>, _ list: [Int64]) -> [UInt8] {
    switch type {
    case .time(let perSecond) where perSecond <= 1000:
      let part = Int64(1_000_000 / perSecond)
      return pack(rows) { Int32(truncatingIfNeeded: list[$0] / part) }
    case .time(let perSecond), .timestamp(let perSecond, _):
      if perSecond > 1_000_000 { return pack(rows) { list[$0] &* 1000 } }
      let part = Int64(1_000_000 / perSecond)
      return pack(rows) { list[$0] / part }
    default: return pack(rows) { list[$0] }
    }
  }

  // MARK: Texts

  /// Where texts end, and the texts one after another.
  private func texts(_ rows: Range<Int>, _ list: [UInt32], _ pool: TextPool) -> [[UInt8]] {
    var ends = [0]
    ends.reserveCapacity(rows.count + 1)
    var bytes: [UInt8] = []
    for row in rows {
      if !codes.isNull(row) { bytes += pool.bytes[pool.range(of: Int(list[row]))] }
      ends.append(bytes.count)
    }
    let isLarge = type == .text(isLarge: true)
    var places: [UInt8] = []
    places.reserveCapacity(ends.count * (isLarge ? 8 : 4))
    for end in ends {
      if isLarge {
        withUnsafeBytes(of: Int64(end).littleEndian) { places.append(contentsOf: $0) }
      } else {
        withUnsafeBytes(of: Int32(end).littleEndian) { places.append(contentsOf: $0) }
      }
    }
    return [places, bytes]
  }

  /// How many bytes the texts of a range have.
  func textSize(_ rows: Range<Int>) -> Int {
    guard case .texts(let list, let pool) = column.values else { return 0 }
    return rows.reduce(0) { $0 + (codes.isNull($1) ? 0 : pool.range(of: Int(list[$1])).count) }
  }

  private func places(
    _ rows: Range<Int>, _ list: [UInt32], _ pool: TextPool, _ levels: inout DistinctTexts?
  ) -> [UInt8] {
    var known = [UInt32](repeating: .max, count: pool.count)
    var numbers = [UInt32](repeating: 0, count: rows.count)
    pool.bytes.withUnsafeBufferPointer { bytes in
      for (place, row) in rows.enumerated() where !codes.isNull(row) {
        let text = Int(list[row])
        if known[text] == .max {
          let range = pool.range(of: text)
          known[text] = levels?.number(of: UnsafeBufferPointer(rebasing: bytes[range])) ?? 0
        }
        numbers[place] = known[text]
      }
    }
    return pack(rows) { numbers[$0 - rows.lowerBound] }
  }
}
