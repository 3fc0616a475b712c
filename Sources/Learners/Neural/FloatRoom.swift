// SPDX-License-Identifier: Apache-2.0

/// Room for floats that stays where it is; who shares it between threads writes each place from one of them.
final class FloatRoom: @unchecked Sendable {
  let base: UnsafeMutablePointer<Float>
  let count: Int

  /// Makes room for so many zeros.
  init(_ count: Int) {
    self.count = max(1, count)
    base = .allocate(capacity: self.count)
    base.initialize(repeating: 0, count: self.count)
  }

  /// Copies floats.
  convenience init(_ values: [Float]) {
    self.init(values.count)
    for (place, value) in values.enumerated() { base[place] = value }
  }

  /// The floats of a stretch.
  func values(_ start: Int, count: Int) -> [Float] {
    Array(UnsafeBufferPointer(start: base + start, count: count))
  }

  deinit { base.deallocate() }
}

/// A number of floats that fills whole vectors.
func padded(_ count: Int) -> Int { (count + 7) / 8 * 8 }
