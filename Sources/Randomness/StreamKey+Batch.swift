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
    while index + 8 <= count {
      var low = SIMD8<UInt32>.zero
      var high = SIMD8<UInt32>.zero
      for lane in 0..<8 {
        let entity = first &+ UInt64(index &+ lane)
        low[lane] = UInt32(truncatingIfNeeded: entity)
        high[lane] = UInt32(truncatingIfNeeded: entity &>> 32)
      }
      let blocks = Philox4x32.blocks(
        counter: (low, high, SIMD8(repeating: period), SIMD8(repeating: draw)),
        key: SIMD2(
          UInt32(truncatingIfNeeded: word), UInt32(truncatingIfNeeded: word &>> 32)))
      for lane in 0..<8 {
        firsts[index &+ lane] = Draws.unitInterval(
          UInt64(blocks.1[lane]) &<< 32 | UInt64(blocks.0[lane]))
        seconds[index &+ lane] = Draws.unitInterval(
          UInt64(blocks.3[lane]) &<< 32 | UInt64(blocks.2[lane]))
      }
      index &+= 8
    }
    while index < count {
      (firsts[index], seconds[index]) = uniforms(
        entity: first &+ UInt64(index), period: period, draw: draw)
      index &+= 1
    }
  }
}
