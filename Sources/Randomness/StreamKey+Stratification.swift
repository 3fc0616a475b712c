// SPDX-License-Identifier: Apache-2.0

extension StreamKey {
  /// How many consecutive entities share one stratification.
  public static var stratumCount: Int { 256 }

  /// Spreads the uniforms of consecutive entities evenly over [0, 1), in place.
  ///
  /// In each aligned block of ``stratumCount`` entities, each of so many equal intervals gets exactly
  /// one of the uniforms, in an order that is a random permutation of the stream's own. Each uniform
  /// stays uniform, two streams stay independent, and what an entity gets depends on nothing but the
  /// stream and the entity; but what is counted over many entities varies far less than with
  /// independent draws. The price is that two entities of a block are not quite independent: their
  /// uniforms have a correlation of −1/255.
  ///
  /// ## Source
  /// McKay, Beckman and Conover, "A comparison of three methods for selecting values of input
  /// variables in the analysis of output from a computer code", Technometrics 21 (1979): Latin
  /// hypercube sampling, a block at a time. Shuffling: Knuth, TAOCP 2, 3.4.2, algorithm P.
  ///
  /// - Parameters:
  ///   - first: The first entity.
  ///   - count: The number of entities.
  ///   - uniforms: The uniform of each entity, in [0, 1), none of which was drawn at period 2³² − 1.
  public func stratify(
    entities first: UInt64, count: Int, _ uniforms: UnsafeMutablePointer<Double>
  ) {
    let size = Self.stratumCount
    withUnsafeTemporaryAllocation(of: Double.self, capacity: size) { random in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: size) { order in
        guard let base = random.baseAddress else { return }
        var index = 0
        while index < count {
          let entity = first &+ UInt64(index)
          let place = Int(entity % UInt64(size))
          let end = min(count, index + size - place)
          shuffle(order, block: entity / UInt64(size), random: base)
          for offset in 0..<(end - index) {
            let stratum = Double(order[place + offset])
            uniforms[index + offset] = min(
              (stratum + uniforms[index + offset]) / Double(size), 1 - 0x1p-53)
          }
          index = end
        }
      }
    }
  }

  /// Fills the order with a random permutation of the strata.
  private func shuffle(
    _ order: UnsafeMutableBufferPointer<UInt8>, block: UInt64, random: UnsafeMutablePointer<Double>
  ) {
    let half = order.count / 2
    fillUniforms(
      entities: block &* UInt64(half), count: half, period: .max, draw: 0, firsts: random,
      seconds: random + half)
    for index in order.indices { order[index] = UInt8(index) }
    for index in stride(from: order.count - 1, to: 0, by: -1) {
      order.swapAt(index, Int(random[index] * Double(index + 1)))
    }
  }
}
