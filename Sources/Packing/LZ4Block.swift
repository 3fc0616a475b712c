// SPDX-License-Identifier: Apache-2.0
public import Tables

/// Bytes packed as one block of LZ4, as columnar files hold them.
///
/// ## Source
/// Y. Collet, "LZ4 Block Format Description" (2022).
public enum LZ4Block {
  /// Unpacks a block whose size is known.
  ///
  /// - Throws: `DataError` if the bytes are damaged.
  public static func unpack(
    _ bytes: ArraySlice<UInt8>, size: Int, name: String
  ) throws(DataError) -> [UInt8] {
    var filled = 0
    let result = bytes.withUnsafeBufferPointer { input in
      [UInt8](unsafeUninitializedCapacity: size) { output, count in
        filled = expand(input, into: output, from: 0, size)
        count = filled
      }
    }
    guard filled == size else { throw PackingDamage.error(name) }
    return result
  }

  /// Unpacks a block behind what blocks before it gave, and says how much there is then; 0 if it is
  /// damaged.
  static func expand(
    _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>,
    from start: Int, _ size: Int
  ) -> Int {
    var place = 0
    var filled = start
    /// A length of 15 goes on in the bytes that follow.
    func extended(_ nibble: UInt8) -> Int? {
      var length = Int(nibble)
      guard nibble == 15 else { return length }
      while true {
        guard place < input.count else { return nil }
        let byte = input[place]
        place += 1
        length += Int(byte)
        if byte != 255 { return length }
      }
    }
    while place < input.count {
      let token = input[place]
      place += 1
      guard let literals = extended(token >> 4), literals <= input.count - place,
        literals <= size - filled
      else { return 0 }
      LongCopy.copy(input, place, into: output, filled, literals)
      place += literals
      filled += literals
      if place == input.count { return filled }
      guard place + 2 <= input.count else { return 0 }
      let offset = Int(input[place]) | Int(input[place + 1]) << 8
      place += 2
      guard offset > 0, offset <= filled, let more = extended(token & 15),
        more + 4 <= size - filled
      else { return 0 }
      LongCopy.again(output, from: filled - offset, to: filled, more + 4)
      filled += more + 4
    }
    return filled
  }
}
