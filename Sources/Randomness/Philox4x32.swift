// SPDX-License-Identifier: Apache-2.0

/// Philox4x32-10, a pure function from a 128-bit counter and a 64-bit key to 128 random bits.
///
/// Different counters under one key, or one counter under different keys, give independent blocks,
/// in any order and on any thread. Not for cryptography, hence not for privacy noise.
///
/// ## Source
/// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section
/// 3.3 and table 2.
public enum Philox4x32 {
  /// The block of this counter under this key, after ten rounds.
  @inlinable
  public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var (x0, x1, x2, x3) = (counter[0], counter[1], counter[2], counter[3])
    var (k0, k1) = (key[0], key[1])
    for _ in 0..<10 {
      let product0 = 0xd251_1f53 &* UInt64(x0)
      let product1 = 0xcd9e_8d57 &* UInt64(x2)
      (x0, x1, x2, x3) = (
        UInt32(truncatingIfNeeded: product1 &>> 32) ^ x1 ^ k0,
        UInt32(truncatingIfNeeded: product1),
        UInt32(truncatingIfNeeded: product0 &>> 32) ^ x3 ^ k1,
        UInt32(truncatingIfNeeded: product0)
      )
      k0 &+= 0x9e37_79b9
      k1 &+= 0xbb67_ae85
    }
    return SIMD4(x0, x1, x2, x3)
  }

  /// Eight blocks at a time: word *w* of the block of lane *i* is the lower half of `result.w[i]`.
  ///
  /// The words are the lower halves of 64 bits on the way too, as products of halves need no conversion;
  /// what is in the upper halves means nothing.
  @inline(__always)
  static func blocks(
    counter: (SIMD8<UInt64>, SIMD8<UInt64>, SIMD8<UInt64>, SIMD8<UInt64>), key: SIMD2<UInt32>
  ) -> (SIMD8<UInt64>, SIMD8<UInt64>, SIMD8<UInt64>, SIMD8<UInt64>) {
    var (x0, x1, x2, x3) = counter
    var (k0, k1) = (key[0], key[1])
    let shift = SIMD8<UInt64>(repeating: 32)
    let half = SIMD8<UInt64>(repeating: 0xffff_ffff)
    let (factor0, factor1) = (
      SIMD8<UInt64>(repeating: 0xd251_1f53), SIMD8<UInt64>(repeating: 0xcd9e_8d57)
    )
    for _ in 0..<10 {
      let product0 = (x0 & half) &* factor0
      let product1 = (x2 & half) &* factor1
      (x0, x1, x2, x3) = (
        product1 &>> shift ^ x1 ^ SIMD8(repeating: UInt64(k0)), product1,
        product0 &>> shift ^ x3 ^ SIMD8(repeating: UInt64(k1)), product0
      )
      k0 &+= 0x9e37_79b9
      k1 &+= 0xbb67_ae85
    }
    return (x0, x1, x2, x3)
  }
}
