// SPDX-License-Identifier: Apache-2.0

/// Notices that rounds of a fit come no nearer, as when no solution is there.
struct Stagnation {
  /// Over how many rounds a miss should become less.
  let window: Int
  private var misses: [Double] = []

  init(window: Int) { self.window = window }

  /// Takes the miss of one more round; true if it is hardly less than it was a window before.
  mutating func isStuck(_ miss: Double) -> Bool {
    misses.append(miss)
    guard misses.count > 2 * window else { return false }
    return miss > 1e-6 && miss > 0.98 * misses[misses.count - 1 - window]
  }
}
