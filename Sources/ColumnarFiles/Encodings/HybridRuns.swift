// SPDX-License-Identifier: Apache-2.0

/// Small whole numbers in runs and in packed bits, as levels and dictionary codes are kept.
///
/// ## Source
/// Apache Parquet, Encodings.md: "Run Length Encoding / Bit-Packing Hybrid (RLE = 3)".
enum HybridRuns {
  /// Reads a number of values; `nil` if the bytes give fewer, or are no such runs.
  static func read(_ bytes: ArraySlice<UInt8>, width: Int, count: Int) -> [UInt32]? {
    guard (0...32).contains(width) else { return nil }
    if width == 0 { return [UInt32](repeating: 0, count: count) }
    var isWhole = false
    let values = bytes.withUnsafeBufferPointer { input in
      [UInt32](unsafeUninitializedCapacity: count) { output, filled in
        filled = expand(input, width, into: output, count)
        isWhole = filled == count
      }
    }
    return isWhole ? values : nil
  }

  private static func expand(
    _ input: UnsafeBufferPointer<UInt8>, _ width: Int,
    into output: UnsafeMutableBufferPointer<UInt32>, _ count: Int
  ) -> Int {
    var place = 0
    var filled = 0
    let mask = width == 32 ? UInt32.max : (1 << UInt32(width)) - 1
    while filled < count {
      var head: UInt64 = 0
      var shift: UInt64 = 0
      while true {
        guard place < input.count, shift < 63 else { return filled }
        let byte = input[place]
        place += 1
        head |= UInt64(byte & 0x7F) << shift
        shift += 7
        if byte < 0x80 { break }
      }
      if head & 1 == 0 {
        let run = min(Int(clamping: head >> 1), count - filled)
        let size = (width + 7) / 8
        guard place + size <= input.count, run > 0 else { return filled }
        var value: UInt32 = 0
        for index in 0..<size { value |= UInt32(input[place + index]) << UInt32(8 * index) }
        place += size
        for index in filled..<(filled + run) { output[index] = value }
        filled += run
      } else {
        let groups = Int(clamping: head >> 1)
        guard groups > 0 else { return filled }
        let wanted = groups > count ? count - filled : min(groups * 8, count - filled)
        var buffer: UInt64 = 0
        var bits = 0
        let start = place
        for index in filled..<(filled + wanted) {
          while bits < width {
            guard place < input.count else { return index }
            buffer |= UInt64(input[place]) << UInt64(bits)
            place += 1
            bits += 8
          }
          output[index] = UInt32(truncatingIfNeeded: buffer) & mask
          buffer >>= UInt64(width)
          bits -= width
        }
        filled += wanted
        let whole = groups.multipliedReportingOverflow(by: width)
        guard !whole.overflow else { return filled }
        place = min(input.count, start + whole.partialValue)
      }
    }
    return filled
  }

  /// The bits that values up to a greatest one need.
  static func width(upTo greatest: Int) -> Int { Int.bitWidth - greatest.leadingZeroBitCount }

  /// Writes values: long repeats as runs, all else in packed bits of eight values a group.
  static func write(_ values: [UInt32], width: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var index = 0
    var pending = 0  // where values begin that wait to be packed
    values.withUnsafeBufferPointer { values in
      while index < values.count {
        let value = values[index]
        var end = index + 1
        while end < values.count, values[end] == value { end += 1 }
        // A group of packed bits is whole but for the last, so a run starts at a group's end.
        let lead = (8 - (index - pending) % 8) % 8
        if end - index - lead >= 16 {
          pack(values, pending..<(index + lead), width, &bytes)
          let run = end - index - lead
          varint(UInt64(run) << 1, &bytes)
          for shift in 0..<((width + 7) / 8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(8 * shift)))
          }
          pending = end
        }
        index = end
      }
      pack(values, pending..<values.count, width, &bytes)
    }
    return bytes
  }

  private static func pack(
    _ values: UnsafeBufferPointer<UInt32>, _ range: Range<Int>, _ width: Int, _ bytes: inout [UInt8]
  ) {
    guard !range.isEmpty else { return }
    let groups = (range.count + 7) / 8
    varint(UInt64(groups) << 1 | 1, &bytes)
    var buffer: UInt64 = 0
    var bits = 0
    for place in 0..<(groups * 8) {
      let index = range.lowerBound + place
      if index < range.upperBound { buffer |= UInt64(values[index]) << UInt64(bits) }
      bits += width
      while bits >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: buffer))
        buffer >>= 8
        bits -= 8
      }
    }
  }

  private static func varint(_ value: UInt64, _ bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
