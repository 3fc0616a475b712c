// SPDX-License-Identifier: Apache-2.0
package import Randomness

/// The uniform numbers of a variable for a chunk of rows, drawn at once.
package struct ChunkUniforms {
  /// Picks each row's bin; spread evenly over the rows, so that bins are drawn about as often as they
  /// should be, and not only on average.
  package let choice: UnsafePointer<Double>
  /// Picks the place inside the bin.
  package let inside: UnsafePointer<Double>
  /// Picks a common value of the bin or its smooth part; means nothing where no bin has both.
  package let spike: UnsafePointer<Double>

  /// Calls a body with the numbers.
  ///
  /// - Parameters:
  ///   - row: The first row of the run.
  ///   - isTwice: Whether a bin is more than one value or one smooth part.
  package static func with(
    _ stream: StreamKey, rows row: Int, count: Int, isTwice: Bool, _ body: (ChunkUniforms) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, 4 * count)) { room in
      guard let base = room.baseAddress else { return }
      stream.fillUniforms(
        entities: UInt64(row), count: count, draw: 0, firsts: base, seconds: base + count)
      stream.stratify(entities: UInt64(row), count: count, base)
      if isTwice {
        stream.fillUniforms(
          entities: UInt64(row), count: count, draw: 1, firsts: base + 2 * count,
          seconds: base + 3 * count)
      } else {
        (base + 2 * count).update(repeating: 0, count: count)
      }
      body(ChunkUniforms(choice: base, inside: base + count, spike: base + 2 * count))
    }
  }
}
