// SPDX-License-Identifier: Apache-2.0

extension UnsafeMutablePointer<UInt8> {
  /// Copies a few bytes, most often fewer than a hundred.
  ///
  /// Pieces of one size that overlap at the end take less time than a loop over bytes or a call of
  /// `memcpy`, and never touch a byte beyond the last.
  @inline(__always)
  func copy(_ source: UnsafeRawPointer, count: Int) {
    let target = UnsafeMutableRawPointer(self)
    @inline(__always) func move<Piece: BitwiseCopyable>(_ piece: Piece.Type, at place: Int) {
      target.storeBytes(
        of: source.loadUnaligned(fromByteOffset: place, as: piece), toByteOffset: place, as: piece)
    }
    if count >= 16 {
      if count > 256 {
        target.copyMemory(from: source, byteCount: count)
        return
      }
      var place = 0
      while place &+ 16 < count {
        move(SIMD16<UInt8>.self, at: place)
        place &+= 16
      }
      move(SIMD16<UInt8>.self, at: count &- 16)
    } else if count >= 8 {
      move(UInt64.self, at: 0)
      move(UInt64.self, at: count &- 8)
    } else if count >= 4 {
      move(UInt32.self, at: 0)
      move(UInt32.self, at: count &- 4)
    } else if count > 0 {
      self[0] = source.load(as: UInt8.self)
      self[count / 2] = source.load(fromByteOffset: count / 2, as: UInt8.self)
      self[count &- 1] = source.load(fromByteOffset: count &- 1, as: UInt8.self)
    }
  }
}
