// SPDX-License-Identifier: Apache-2.0
import Tables

/// Turns the bytes of a page into values.
///
/// ## Source
/// Apache Parquet, Encodings.md.
struct ParquetDecoding {
  let column: ParquetColumn
  let file: String
  /// The dictionary of the chunk, if it has one.
  var dictionary: ParquetPageValues?

  private func damage() -> DataError { ColumnarDamage.error(file, column: column.name) }

  /// Reads a number of values that lie in an encoding.
  func values(
    _ bytes: [UInt8], from start: Int, encoding: Int, count: Int
  ) throws(DataError) -> ParquetPageValues {
    switch encoding {
    case 0: return try plain(bytes, from: start, count: count)
    case 2, 8: return try indexed(bytes, from: start, count: count)
    case 3:
      guard column.physical == .boolean, start + 4 <= bytes.count,
        let bits = HybridRuns.read(bytes[(start + 4)...], width: 1, count: count)
      else { throw damage() }
      return .integers(bits.map(Int64.init))
    case 5:
      guard column.physical == .int32 || column.physical == .int64,
        let (values, _) = DeltaRuns.read(bytes, from: start, atMost: count), values.count == count
      else { throw damage() }
      // Differences of four-byte numbers wrap around in four bytes.
      return .integers(
        column.physical == .int32 ? values.map { Int64(Int32(truncatingIfNeeded: $0)) } : values)
    case 6: return .texts(try lengths(bytes, from: start, count: count))
    case 7: return .texts(try prefixes(bytes, from: start, count: count))
    case 9: return try plain(joined(bytes, from: start, count: count), from: 0, count: count)
    default: throw ColumnarDamage.unsupported("an old encoding", file, column: column.name)
    }
  }

  // MARK: Plain

  func plain(_ bytes: [UInt8], from start: Int, count: Int) throws(DataError) -> ParquetPageValues {
    let size = width
    if size > 0 {
      let (total, overflows) = count.multipliedReportingOverflow(by: size)
      guard !overflows, total <= bytes.count - start else { throw damage() }
    }
    switch column.physical {
    case .boolean:
      guard (count + 7) / 8 <= bytes.count - start else { throw damage() }
      return .integers((0..<count).map { Int64(bytes[start + $0 / 8] >> UInt8($0 % 8) & 1) })
    case .int32:
      let isUnsigned = column.logical == .unsigned
      return .integers(
        load(bytes, start, count) { (raw: UInt32) in
          isUnsigned ? Int64(raw) : Int64(Int32(bitPattern: raw))
        })
    case .int64: return .integers(load(bytes, start, count) { (raw: Int64) in raw })
    case .float:
      return .numbers(load(bytes, start, count) { (raw: UInt32) in Double(Float(bitPattern: raw)) })
    case .double:
      return .numbers(load(bytes, start, count) { (raw: UInt64) in Double(bitPattern: raw) })
    case .int96:
      // Nanoseconds of a day, then a Julian day; 1970-01-01 is day 2 440 588.
      return .integers(
        bytes.withUnsafeBytes { raw in
          (0..<count).map { index in
            let place = start + 12 * index
            let nanoseconds = Int64(
              littleEndian: raw.loadUnaligned(fromByteOffset: place, as: Int64.self))
            let day = UInt32(
              littleEndian: raw.loadUnaligned(fromByteOffset: place + 8, as: UInt32.self))
            return (Int64(day) - 2_440_588) &* 86_400_000_000 &+ nanoseconds / 1000
          }
        })
    case .fixedBytes:
      guard column.length > 0 else { throw damage() }
      let ranges = (0..<count).map {
        (start + $0 * column.length)..<(start + ($0 + 1) * column.length)
      }
      return .texts(ParquetTexts(bytes: bytes, ranges: ranges))
    case .bytes:
      // A text takes four bytes at least, so that a small page cannot claim very many.
      guard count <= (bytes.count - start) / 4 else { throw damage() }
      var ranges: [Range<Int>] = []
      ranges.reserveCapacity(count)
      var place = start
      let isWhole = bytes.withUnsafeBytes { raw -> Bool in
        for _ in 0..<count {
          guard place + 4 <= raw.count else { return false }
          let size = Int(
            UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
          place += 4
          guard size <= raw.count - place else { return false }
          ranges.append(place..<(place + size))
          place += size
        }
        return true
      }
      guard isWhole else { throw damage() }
      return .texts(ParquetTexts(bytes: bytes, ranges: ranges))
    }
  }

  /// The bytes of a value; 0 where they differ or bits are counted.
  private var width: Int {
    switch column.physical {
    case .boolean, .bytes: 0
    case .int32, .float: 4
    case .int64, .double: 8
    case .int96: 12
    case .fixedBytes: column.length
    }
  }

  private func load<Raw: FixedWidthInteger & BitwiseCopyable, Value>(
    _ bytes: [UInt8], _ start: Int, _ count: Int, _ value: (Raw) -> Value
  ) -> [Value] {
    let size = MemoryLayout<Raw>.size
    return bytes.withUnsafeBytes { raw in
      [Value](unsafeUninitializedCapacity: count) { output, filled in
        for index in 0..<count {
          let loaded = raw.loadUnaligned(fromByteOffset: start + index * size, as: Raw.self)
          output.initializeElement(at: index, to: value(Raw(littleEndian: loaded)))
        }
        filled = count
      }
    }
  }

  // MARK: Dictionaries

  private func indexed(
    _ bytes: [UInt8], from start: Int, count: Int
  ) throws(DataError) -> ParquetPageValues {
    guard let dictionary, start < bytes.count || count == 0 else { throw damage() }
    guard count > 0 else {
      switch dictionary {
      case .integers: return .integers([])
      case .numbers: return .numbers([])
      case .texts: return .texts(ParquetTexts(bytes: [], ranges: []))
      }
    }
    guard
      let indices = HybridRuns.read(
        bytes[(start + 1)...], width: Int(bytes[start]), count: count)
    else { throw damage() }
    let size =
      switch dictionary {
      case .integers(let list): list.count
      case .numbers(let list): list.count
      case .texts(let texts): texts.ranges.count
      }
    guard indices.allSatisfy({ Int($0) < size }) else { throw damage() }
    switch dictionary {
    case .integers(let list): return .integers(indices.map { list[Int($0)] })
    case .numbers(let list): return .numbers(indices.map { list[Int($0)] })
    case .texts(var texts):
      texts.indices = indices
      return .texts(texts)
    }
  }

  // MARK: Other encodings

  /// Lengths first, then all bytes end to end.
  private func lengths(
    _ bytes: [UInt8], from start: Int, count: Int
  ) throws(DataError) -> ParquetTexts {
    guard column.physical == .bytes,
      let (lengths, end) = DeltaRuns.read(bytes, from: start, atMost: count), lengths.count == count
    else { throw damage() }
    var place = end
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(count)
    for length in lengths {
      guard length >= 0, length <= bytes.count - place else { throw damage() }
      ranges.append(place..<(place + Int(length)))
      place += Int(length)
    }
    return ParquetTexts(bytes: bytes, ranges: ranges)
  }

  /// How much of the text before is kept, then what follows it.
  private func prefixes(
    _ bytes: [UInt8], from start: Int, count: Int
  ) throws(DataError) -> ParquetTexts {
    guard column.physical == .bytes || column.physical == .fixedBytes,
      let (kept, end) = DeltaRuns.read(bytes, from: start, atMost: count), kept.count == count
    else { throw damage() }
    guard let (lengths, first) = DeltaRuns.read(bytes, from: end, atMost: count),
      lengths.count == count
    else { throw damage() }
    var place = first
    var result: [UInt8] = []
    var ranges: [Range<Int>] = []
    var last = 0..<0
    for (prefix, length) in zip(kept, lengths) {
      // What repeats may make texts far longer than the page is.
      guard prefix >= 0, prefix <= last.count, length >= 0, length <= bytes.count - place,
        result.count < 1 << 31
      else { throw damage() }
      let start = result.count
      result += result[last.lowerBound..<(last.lowerBound + Int(prefix))]
      result += bytes[place..<(place + Int(length))]
      place += Int(length)
      last = start..<result.count
      ranges.append(last)
    }
    return ParquetTexts(bytes: result, ranges: ranges)
  }

  /// The bytes of values put together again whose first bytes, second bytes and so on were kept apart.
  private func joined(
    _ bytes: [UInt8], from start: Int, count: Int
  ) throws(DataError) -> [UInt8] {
    let size = width
    guard size > 0, count <= (bytes.count - start) / size else { throw damage() }
    var result = [UInt8](repeating: 0, count: count * size)
    for part in 0..<size {
      for index in 0..<count { result[index * size + part] = bytes[start + part * count + index] }
    }
    return result
  }
}
