// SPDX-License-Identifier: Apache-2.0
import Randomness

/// Sixteen draws of real rows with replacement, as how often each draw holds each row.
///
/// Kept as weights a row, so that one pass over the real rows measures all draws at once.
struct BootstrapRows: Sendable {
  /// How often each row is in each draw.
  let weights: [Lanes]
  /// The number of rows of a draw.
  let size: Int

  /// Draws `size` of `rowCount` rows, sixteen times.
  ///
  /// - Precondition: There is a row to draw.
  init(rowCount: Int, size: Int, key: RandomKey) {
    precondition(rowCount > 0, "a draw needs rows")
    var weights = [Lanes](repeating: .zero, count: rowCount)
    for lane in 0..<Lanes.scalarCount {
      var stream = key.stream(path: ["fidelity", "bootstrap", String(lane)]).stream(entity: 0)
      for _ in 0..<size { weights[Draws.integer(below: rowCount, using: &stream)][lane] += 1 }
    }
    self.weights = weights
    self.size = size
  }
}
