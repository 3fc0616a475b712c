// SPDX-License-Identifier: Apache-2.0

extension StreamKey {
  /// The uniforms of consecutive entities, eight at a time.
  ///
  /// Each pair is that of ``uniforms(entity:period:draw:)``, bit by bit, in about a fifth of the time.
  ///
  /// - Parameters:
  ///   - first: The first entity.
  ///   - count: The number of entities.
  ///   - period: The period of all of them.
  ///   - draw: The draw of all of them.
  ///   - firsts: Room for the first uniform of each entity.
  ///   - seconds: Room for the second uniform of each entity.
  public func fillUniforms(
    entities first: UInt64, count: Int, period: UInt32 = 0, draw: UInt32,
    firsts: UnsafeMutablePointer<Double>, seconds: UnsafeMutablePointer<Double>
  ) {
    var index = 0
    let lanes = SIMD8<UInt64>(0, 1, 2, 3, 4, 5, 6, 7)
    while index + 8 <= count {
      let entities = SIMD8<UInt64>(repeating: first &+ UInt64(index)) &+ lanes
      let (one, other) = bits(entities, period: period, draw: draw)
      for lane in 0..<8 {
        firsts[index &+ lane] = Draws.unitInterval(one[lane])
        seconds[index &+ lane] = Draws.unitInterval(other[lane])
      }
      index &+= 8
    }
    while index < count {
      (firsts[index], seconds[index]) = uniforms(
        entity: first &+ UInt64(index), period: period, draw: draw)
      index &+= 1
    }
  }

  /// Calls a body with the stream of each of several entities, whose first blocks are made eight at a time.
  ///
  /// Each stream is that of ``stream(entity:period:draw:)`` from draw 0, number by number.
  ///
  /// - Parameters:
  ///   - count: The number of entities.
  ///   - period: The period of all of them.
  ///   - entity: The entity at each place from 0 on.
  ///   - body: What is done with the place and its stream.
  @inlinable
  public func forEachStream<Failure: Error>(
    count: Int, period: UInt32 = 0, entity: (Int) -> UInt64,
    _ body: (Int, inout RandomStream) throws(Failure) -> Void
  ) throws(Failure) {
    var index = 0
    while index < count {
      let lanes = min(8, count &- index)
      var entities = SIMD8<UInt64>.zero
      for lane in 0..<lanes { entities[lane] = entity(index &+ lane) }
      let (firsts, seconds) = firstBits(entities, period: period)
      for lane in 0..<lanes {
        var stream = RandomStream(
          key: self, entity: entities[lane], period: period, first: firsts[lane],
          second: seconds[lane])
        try body(index &+ lane, &stream)
      }
      index &+= lanes
    }
  }

  /// The first number of the stream of each of several entities.
  ///
  /// Each is what ``stream(entity:period:draw:)`` gives first from draw 0, in a fifth of the time.
  ///
  /// - Parameters:
  ///   - period: The period of all of them.
  ///   - entity: The entity at each place from 0 on.
  ///   - room: Room for as many numbers as there are entities.
  @inlinable
  public func fillFirstNumbers(
    period: UInt32 = 0, entity: (Int) -> UInt64, into room: UnsafeMutableBufferPointer<UInt64>
  ) {
    var index = 0
    while index &+ 8 <= room.count {
      var entities = SIMD8<UInt64>.zero
      for lane in 0..<8 { entities[lane] = entity(index &+ lane) }
      let numbers = firstBits(entities, period: period).0
      for lane in 0..<8 { room[index &+ lane] = numbers[lane] }
      index &+= 8
    }
    while index < room.count {
      room[index] = bits(entity: entity(index), period: period, draw: 0).0
      index &+= 1
    }
  }

  /// The bits of draw 0 of eight entities.
  @usableFromInline
  func firstBits(
    _ entities: SIMD8<UInt64>, period: UInt32
  ) -> (SIMD8<UInt64>, SIMD8<UInt64>) {
    bits(entities, period: period, draw: 0)
  }

  /// The bits of one draw of eight entities.
  @inline(__always)
  private func bits(
    _ entities: SIMD8<UInt64>, period: UInt32, draw: UInt32
  ) -> (SIMD8<UInt64>, SIMD8<UInt64>) {
    let shift = SIMD8<UInt64>(repeating: 32)
    let half = SIMD8<UInt64>(repeating: 0xffff_ffff)
    let blocks = Philox4x32.blocks(
      counter: (
        entities, entities &>> shift, SIMD8(repeating: UInt64(period)),
        SIMD8(repeating: UInt64(draw))
      ),
      key: SIMD2(
        UInt32(truncatingIfNeeded: word), UInt32(truncatingIfNeeded: word &>> 32)))
    return (
      blocks.1 &<< shift | blocks.0 & half, blocks.3 &<< shift | blocks.2 & half
    )
  }
}
