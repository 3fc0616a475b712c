// SPDX-License-Identifier: Apache-2.0
public import Tables

/// Bytes packed as a frame of LZ4, as Arrow files hold them.
///
/// ## Source
/// Y. Collet, "LZ4 Frame Format Description" 1.6.4 (2024). Checksums of a frame are passed over.
public enum LZ4Frame {
  private static let mark: [UInt8] = [0x04, 0x22, 0x4D, 0x18]

  /// Unpacks a frame whose size is known.
  ///
  /// - Throws: `DataError` if the bytes are damaged.
  public static func unpack(
    _ bytes: ArraySlice<UInt8>, size: Int, name: String
  ) throws(DataError) -> [UInt8] {
    var filled: Int?
    let result = bytes.withUnsafeBufferPointer { input in
      [UInt8](unsafeUninitializedCapacity: size) { output, count in
        filled = expand(input, into: output, size)
        count = filled ?? 0
      }
    }
    guard filled == size else { throw PackingDamage.error(name) }
    return result
  }

  /// Unpacks block after block; `nil` if they are damaged.
  private static func expand(
    _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>, _ size: Int
  ) -> Int? {
    guard input.count >= 7, input.starts(with: mark) else { return nil }
    let flags = input[4]
    // The version is 1; then come whether blocks and the whole have checksums, and what the head has.
    guard flags >> 6 == 1 else { return nil }
    let hasBlockChecksums = flags & 16 != 0
    var place = 6 + (flags & 8 != 0 ? 8 : 0) + (flags & 1 != 0 ? 4 : 0) + 1
    var filled = 0
    while place + 4 <= input.count {
      let head = (0..<4).reduce(0) { $0 | Int(input[place + $1]) << (8 * $1) }
      place += 4
      if head == 0 { return filled }
      let length = head & 0x7FFF_FFFF
      guard length <= input.count - place else { return nil }
      if head >> 31 == 1 {
        guard length <= size - filled else { return nil }
        LongCopy.copy(input, place, into: output, filled, length)
        filled += length
      } else {
        // A block may repeat what blocks before it gave.
        let block = UnsafeBufferPointer(rebasing: input[place..<(place + length)])
        let next = LZ4Block.expand(block, into: output, from: filled, size)
        guard next > filled else { return nil }
        filled = next
      }
      place += length + (hasBlockChecksums ? 4 : 0)
    }
    return nil
  }
}
