// SPDX-License-Identifier: Apache-2.0
import Packing
import Tables

/// Reads the pages of one column.
///
/// ## Source
/// Apache Parquet format 2.11: data pages of version 1 and 2, dictionary pages, checksums.
struct ParquetChunkReading {
  let bytes: [UInt8]
  let file: String
  let column: ParquetColumn

  private struct Page {
    var kind = -1
    var size = -1
    var packedSize = -1
    var checksum: UInt32?
    var count = -1
    var encoding = -1
    var levelEncoding = 3
    var levelSize = 0
    var repetitionSize = 0
    var isPacked = true
  }

  private func damage() -> DataError { ColumnarDamage.error(file, column: column.name) }

  /// Adds the rows of a chunk to those gathered before.
  func append(_ chunk: ParquetChunk, rowCount: Int, to values: inout ColumnarValues)
    throws(DataError)
  {
    guard chunk.physical == column.physical.rawValue, chunk.valueCount == rowCount else {
      throw damage()
    }
    var place = chunk.dataOffset
    if chunk.dictionaryOffset > 0, chunk.dictionaryOffset < place { place = chunk.dictionaryOffset }
    var left = rowCount
    var decoding = ParquetDecoding(column: column, file: file)
    while left > 0 {
      guard place >= 4, place < bytes.count else { throw damage() }
      var reader = ThriftReader(bytes, from: place, to: bytes.count, file: file)
      let page = try Self.page(&reader)
      let start = reader.place
      guard page.packedSize >= 0, page.size >= 0, page.packedSize <= bytes.count - start else {
        throw damage()
      }
      place = start + page.packedSize
      let content = bytes[start..<place]
      if let checksum = page.checksum, checksum != Checksum.crc32(content) {
        throw DataError(
          "a page of the file does not have its checksum", file: file, column: column.name,
          remedy: "Get the file again from where it came from.")
      }
      switch page.kind {
      case 2:
        let plain = try unpacked(content, page.size, chunk.codec)
        guard page.count >= 0, decoding.dictionary == nil else { throw damage() }
        decoding.dictionary = try decoding.plain(plain, from: 0, count: page.count)
      case 0, 3:
        guard (0...left).contains(page.count) else { throw damage() }
        left -= page.count
        if page.kind == 0 {
          try appendFirst(try unpacked(content, page.size, chunk.codec), page, decoding, &values)
        } else {
          try appendSecond(content, page, chunk.codec, decoding, &values)
        }
      default: break
      }
    }
  }

  // MARK: Pages

  /// A page of version 1: levels with their length before them, then values, all packed.
  private func appendFirst(
    _ plain: [UInt8], _ page: Page, _ decoding: ParquetDecoding, _ values: inout ColumnarValues
  ) throws(DataError) {
    var start = 0
    var present: [Bool]?
    if column.definitionDepth > 0 {
      guard page.levelEncoding == 3, plain.count >= 4 else {
        throw ColumnarDamage.unsupported("an old encoding", file, column: column.name)
      }
      let size = (0..<4).reduce(0) { $0 | Int(plain[$1]) << (8 * $1) }
      guard size <= plain.count - 4 else { throw damage() }
      present = try levels(plain[4..<(4 + size)], page.count)
      start = 4 + size
    }
    try add(plain, start, page, present, decoding, &values)
  }

  /// A page of version 2: levels as they are, then values, which may be packed.
  private func appendSecond(
    _ content: ArraySlice<UInt8>, _ page: Page, _ codec: Int, _ decoding: ParquetDecoding,
    _ values: inout ColumnarValues
  ) throws(DataError) {
    let levelSize = page.levelSize
    guard levelSize >= 0, page.repetitionSize == 0, levelSize <= content.count,
      levelSize <= page.size
    else { throw damage() }
    let levelEnd = content.startIndex + levelSize
    let present =
      column.definitionDepth > 0
      ? try levels(content[content.startIndex..<levelEnd], page.count) : nil
    let plain = try unpacked(
      content[levelEnd...], page.size - levelSize, page.isPacked ? codec : 0)
    try add(plain, 0, page, present, decoding, &values)
  }

  private func add(
    _ plain: [UInt8], _ start: Int, _ page: Page, _ present: [Bool]?, _ decoding: ParquetDecoding,
    _ values: inout ColumnarValues
  ) throws(DataError) {
    let count = present.map { $0.count { $0 } } ?? page.count
    let decoded = try decoding.values(plain, from: start, encoding: page.encoding, count: count)
    guard values.append(decoded, rowCount: page.count, present: present) else { throw damage() }
  }

  /// Which rows have a value; `nil` where all have one.
  private func levels(_ bytes: ArraySlice<UInt8>, _ count: Int) throws(DataError) -> [Bool]? {
    let whole = column.definitionDepth
    guard
      let levels = HybridRuns.read(bytes, width: HybridRuns.width(upTo: whole), count: count)
    else { throw damage() }
    return levels.allSatisfy { $0 == UInt32(whole) } ? nil : levels.map { $0 == UInt32(whole) }
  }

  private func unpacked(
    _ content: ArraySlice<UInt8>, _ size: Int, _ codec: Int
  ) throws(DataError) -> [UInt8] {
    // A page is meant to be a megabyte; a gigabyte is none.
    guard size <= 1 << 30 else { throw damage() }
    let plain: [UInt8]
    switch codec {
    case 0: plain = Array(content)
    case 1: plain = try Snappy.unpack(content, limit: size, name: file)
    case 2: plain = try Gzip.unpack(Array(content), limit: size, name: file)
    case 6: plain = try Zstandard.unpack(Array(content), limit: size, name: file)
    case 7: plain = try LZ4Block.unpack(content, size: size, name: file)
    case 4: throw ColumnarDamage.unsupported("Brotli", file)
    default: throw ColumnarDamage.unsupported("an old kind of compression", file)
    }
    guard plain.count == size else { throw damage() }
    return plain
  }

  private static func page(_ reader: inout ThriftReader) throws(DataError) -> Page {
    var page = Page()
    try reader.record { (reader, id, kind) throws(DataError) in
      switch (id, kind) {
      case (1, .int32): page.kind = try reader.int()
      case (2, .int32): page.size = try reader.int()
      case (3, .int32): page.packedSize = try reader.int()
      case (4, .int32): page.checksum = UInt32(truncatingIfNeeded: try reader.int())
      case (5, .record), (7, .record), (8, .record):
        let isSecond = id == 8
        try reader.record { (reader, id, kind) throws(DataError) in
          switch (id, kind, isSecond) {
          case (1, .int32, _): page.count = try reader.int()
          case (2, .int32, false), (4, .int32, true): page.encoding = try reader.int()
          case (3, .int32, false): page.levelEncoding = try reader.int()
          case (5, .int32, true): page.levelSize = try reader.int()
          case (6, .int32, true): page.repetitionSize = try reader.int()
          case (7, .yes, true), (7, .no, true): page.isPacked = kind == .yes
          default: return false
          }
          return true
        }
      default: return false
      }
      return true
    }
    return page
  }
}
