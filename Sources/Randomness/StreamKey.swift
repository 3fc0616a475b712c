// SPDX-License-Identifier: Apache-2.0

/// The 64-bit key of one named stream: each (entity, period, draw) has its own 128 random bits.
///
/// ## Layout
/// Philox key words, lowest first: the low and the high half of ``word``. Philox counter words:
/// the low half of the entity, its high half, the period, the draw. Rows of a table use
/// entity = row and period = 0.
public struct StreamKey: Hashable, Sendable {
  /// The key itself.
  public let word: UInt64

  /// Creates a key from its 64 bits; ``RandomKey`` derives them from names.
  @inlinable
  public init(word: UInt64) {
    self.word = word
  }

  /// The 128 bits at a place, as the generator's four words.
  @inlinable
  public func block(entity: UInt64, period: UInt32 = 0, draw: UInt32) -> SIMD4<UInt32> {
    Philox4x32.block(
      counter: SIMD4(
        UInt32(truncatingIfNeeded: entity), UInt32(truncatingIfNeeded: entity &>> 32), period, draw),
      key: SIMD2(UInt32(truncatingIfNeeded: word), UInt32(truncatingIfNeeded: word &>> 32)))
  }

  /// The 128 bits at a place, as two numbers: words 0 and 1, words 2 and 3, the lower word first.
  @inlinable
  public func bits(entity: UInt64, period: UInt32 = 0, draw: UInt32) -> (UInt64, UInt64) {
    let block = block(entity: entity, period: period, draw: draw)
    return (
      UInt64(block[1]) &<< 32 | UInt64(block[0]),
      UInt64(block[3]) &<< 32 | UInt64(block[2])
    )
  }

  /// Two independent uniforms in [0, 1) at a place, each of 53 bits.
  @inlinable
  public func uniforms(entity: UInt64, period: UInt32 = 0, draw: UInt32) -> (Double, Double) {
    let (first, second) = bits(entity: entity, period: period, draw: draw)
    return (Draws.unitInterval(first), Draws.unitInterval(second))
  }

  /// The consecutive draws of an entity and period, as a generator.
  @inlinable
  public func stream(entity: UInt64, period: UInt32 = 0, draw: UInt32 = 0) -> RandomStream {
    RandomStream(key: self, entity: entity, period: period, draw: draw)
  }
}
