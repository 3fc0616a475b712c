// SPDX-License-Identifier: Apache-2.0

/// Whole numbers kept as packed differences.
///
/// ## Source
/// Apache Parquet, Encodings.md: "Delta Encoding (DELTA_BINARY_PACKED = 5)".
enum DeltaRuns {
  /// Reads all values, of which there may be at most a number, and where they end; `nil` if damaged.
  static func read(
    _ bytes: [UInt8], from start: Int, atMost limit: Int
  ) -> (values: [Int64], end: Int)? {
    var place = start
    func varint() -> UInt64? {
      var value: UInt64 = 0
      for shift in stride(from: UInt64(0), to: 70, by: 7) {
        guard place < bytes.count else { return nil }
        let byte = bytes[place]
        place += 1
        value |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return value }
      }
      return nil
    }
    func zigzag() -> Int64? {
      varint().map { Int64(bitPattern: $0 >> 1) ^ -Int64(bitPattern: $0 & 1) }
    }
    guard let blockSize = varint(), let parts = varint(), let total = varint(),
      let first = zigzag(), (1...65_536).contains(blockSize), (1...512).contains(parts),
      blockSize % parts == 0, total <= UInt64(limit)
    else { return nil }
    let size = Int(blockSize / parts)
    let count = Int(total)
    var values: [Int64] = []
    guard count > 0 else { return (values, place) }
    values.reserveCapacity(count)
    values.append(first)
    var value = first
    while values.count < count {
      guard let least = zigzag(), place + Int(parts) <= bytes.count else { return nil }
      let widths = bytes[place..<(place + Int(parts))].map(Int.init)
      place += Int(parts)
      for width in widths where values.count < count {
        guard width <= 64, place + size * width / 8 <= bytes.count else { return nil }
        var bit = place * 8
        for _ in 0..<min(size, count - values.count) {
          var delta: UInt64 = 0
          var have = 0
          while have < width {
            let inByte = bit & 7
            let take = min(8 - inByte, width - have)
            let part = UInt64(bytes[bit >> 3] >> UInt8(inByte)) & ((1 << UInt64(take)) - 1)
            delta |= part << UInt64(have)
            have += take
            bit += take
          }
          value = value &+ least &+ Int64(bitPattern: delta)
          values.append(value)
        }
        place += size * width / 8
      }
    }
    return (values, place)
  }
}
