// SPDX-License-Identifier: Apache-2.0

/// The consecutive draws of one (key, entity, period), as a generator.
///
/// Each block gives two numbers, in the order of ``StreamKey/bits(entity:period:draw:)``. After the
/// last of the 2³² blocks the stream goes on under the key word plus 0x9e3779b97f4a7c15 (modulo
/// 2⁶⁴), from draw 0.
public struct RandomStream: RandomNumberGenerator, Sendable {
  @usableFromInline var key: StreamKey
  @usableFromInline let entity: UInt64
  @usableFromInline let period: UInt32
  @usableFromInline var draw: UInt32
  @usableFromInline var first: UInt64 = 0
  @usableFromInline var second: UInt64 = 0
  /// How many numbers of the current block are still to be given out.
  @usableFromInline var left: UInt8 = 0

  /// Creates the stream that begins with this draw.
  @inlinable
  public init(key: StreamKey, entity: UInt64, period: UInt32 = 0, draw: UInt32 = 0) {
    self.key = key
    self.entity = entity
    self.period = period
    self.draw = draw
  }

  /// Creates the stream that begins with draw 0, whose block is known already.
  @inlinable
  init(key: StreamKey, entity: UInt64, period: UInt32, first: UInt64, second: UInt64) {
    self.key = key
    self.entity = entity
    self.period = period
    draw = 1
    self.first = first
    self.second = second
    left = 2
  }

  /// The next 64 random bits.
  @inlinable
  public mutating func next() -> UInt64 {
    if left > 0 {
      left &-= 1
      return left == 0 ? second : first
    }
    let (first, second) = key.bits(entity: entity, period: period, draw: draw)
    draw &+= 1
    if draw == 0 { key = StreamKey(word: key.word &+ 0x9e37_79b9_7f4a_7c15) }
    self.second = second
    left = 1
    return first
  }
}
