// SPDX-License-Identifier: Apache-2.0
import Randomness

/// A keyed order of 0 ..< count that needs no memory: each place is computed from its index alone.
///
/// Four rounds of a balanced Feistel network over the next even number of bits; what falls outside the
/// range is sent through again until it falls inside, at most four times on average.
///
/// ## Source
/// Luby and Rackoff, "How to construct pseudorandom permutations from pseudorandom functions", SIAM
/// Journal on Computing 17 (1988) 373–386; Black and Rogaway, "Ciphers with arbitrary finite domains",
/// CT-RSA 2002, for walking the cycle.
struct Permutation: Sendable {
  let count: Int
  private let key: StreamKey
  private let halfBits: UInt64
  private let mask: UInt64

  /// - Precondition: 1 ≤ count < 2⁶².
  init(count: Int, key: StreamKey) {
    precondition(count > 0 && count < 1 << 62, "the count is positive and below 2^62")
    self.count = count
    self.key = key
    let bits = max(2, 64 - (count - 1).leadingZeroBitCount)
    halfBits = UInt64((bits + 1) / 2)
    mask = (1 << halfBits) - 1
  }

  /// The place of an index.
  ///
  /// - Precondition: 0 ≤ index < count.
  func place(of index: Int) -> Int {
    var value = UInt64(index)
    repeat {
      var left = value >> halfBits
      var right = value & mask
      for round in 0..<4 {
        let (noise, _) = key.bits(entity: right, draw: UInt32(round))
        (left, right) = (right, left ^ noise & mask)
      }
      value = left << halfBits | right
    } while value >= UInt64(count)
    return Int(value)
  }
}
