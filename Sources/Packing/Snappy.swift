// SPDX-License-Identifier: Apache-2.0
public import Tables

/// Bytes packed with Snappy, as columnar files hold them.
///
/// ## Source
/// Google, "Snappy compressed format description" (2011): raw format, without frames.
public enum Snappy {
  /// Unpacks bytes.
  ///
  /// - Parameters:
  ///   - limit: The most bytes that may come out.
  /// - Throws: `DataError` if the bytes are damaged, or too many come out.
  public static func unpack(
    _ bytes: ArraySlice<UInt8>, limit: Int, name: String
  ) throws(DataError) -> [UInt8] {
    var isWhole = false
    let result = bytes.withUnsafeBufferPointer { input -> [UInt8] in
      var place = 0
      guard let size = length(input, &place), size <= limit else { return [] }
      return [UInt8](unsafeUninitializedCapacity: size) { output, count in
        count = expand(input, from: place, into: output, size)
        isWhole = count == size
      }
    }
    guard isWhole else { throw PackingDamage.error(name) }
    return result
  }

  /// The size that comes out, in seven bits a byte.
  private static func length(_ input: UnsafeBufferPointer<UInt8>, _ place: inout Int) -> Int? {
    var value = 0
    for shift in stride(from: 0, through: 28, by: 7) {
      guard place < input.count else { return nil }
      let byte = input[place]
      place += 1
      value |= Int(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }

  /// Returns how many bytes came out; fewer than the size where the input is damaged.
  private static func expand(
    _ input: UnsafeBufferPointer<UInt8>, from start: Int,
    into output: UnsafeMutableBufferPointer<UInt8>,
    _ size: Int
  ) -> Int {
    var place = start
    var filled = 0
    while place < input.count {
      let tag = input[place]
      place += 1
      if tag & 3 == 0 {
        var length = Int(tag >> 2) + 1
        if length > 60 {
          let count = length - 60
          guard place + count <= input.count else { return filled }
          length = (0..<count).reduce(1) { $0 + Int(input[place + $1]) << (8 * $1) }
          place += count
        }
        guard length <= input.count - place, length <= size - filled else { return filled }
        LongCopy.copy(input, place, into: output, filled, length)
        place += length
        filled += length
      } else {
        let width = tag & 3 == 1 ? 1 : (tag & 3 == 2 ? 2 : 4)
        guard place + width <= input.count else { return filled }
        let length = tag & 3 == 1 ? Int(tag >> 2 & 7) + 4 : Int(tag >> 2) + 1
        var offset = tag & 3 == 1 ? Int(tag >> 5) << 8 : 0
        for index in 0..<width { offset |= Int(input[place + index]) << (8 * index) }
        place += width
        guard offset > 0, offset <= filled, length <= size - filled else { return filled }
        LongCopy.again(output, from: filled - offset, to: filled, length)
        filled += length
      }
    }
    return filled
  }
}
