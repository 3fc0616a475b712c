// SPDX-License-Identifier: Apache-2.0

/// Chooses where cells of a scale meet, so that an edge tells nothing exact of the values beside it.
///
/// The middle between a common value and a rare one would give the rare one away: it is twice the middle
/// less the common one. The roundest number between them does not.
enum CellEdge {
  /// Edges and tails stay within this, so that the width of a cell is finite.
  static let limit = 0x1p1022
  private static let digitCount = 13

  /// The roundest decimal number between two values, half a unit below it if it lies on the grid.
  ///
  /// - Precondition: `low` < `high`, both finite.
  static func between(_ low: Double, _ high: Double, gridScale: Double) -> Double {
    let edge = roundest(low, high)
    guard gridScale > 0, abs(edge * gridScale) < 0x1p52,
      (edge * gridScale).rounded() == edge * gridScale, edge - 0.5 / gridScale > low
    else { return edge }
    return edge - 0.5 / gridScale
  }

  /// A number rounded as far as an error allows.
  static func rounded(_ value: Double, within error: Double) -> Double {
    guard error > 0, error.isFinite else { return clamped(value) }
    return roundest(clamped(value) - error, clamped(value) + error)
  }

  /// A number within ``limit``.
  static func clamped(_ value: Double) -> Double { min(max(value, -limit), limit) }

  /// A multiple of the greatest power of ten that has one strictly between two values; where they agree
  /// in thirteen digits, their middle in so many.
  private static func roundest(_ low: Double, _ high: Double) -> Double {
    let middle = clamped(low / 2 + high / 2)
    let magnitude = min(max(abs(low), abs(high)), limit)
    guard magnitude > 1e-280 else { return 0 }
    if low < 0, high > 0 { return 0 }
    var power = 1.0
    var exponent = 0
    while power <= magnitude / 10 {
      power *= 10
      exponent += 1
    }
    while power > magnitude {
      power /= 10
      exponent -= 1
    }
    var candidate = middle
    for step in 0..<digitCount {
      candidate = multiple(of: exponent - step, near: middle)
      if low < candidate, candidate < high { break }
    }
    return clamped(candidate)
  }

  private static func multiple(of exponent: Int, near value: Double) -> Double {
    let power = (0..<abs(exponent)).reduce(1.0) { product, _ in product * 10 }
    // Dividing by a whole power gives the number a person would write.
    return exponent >= 0 ? (value / power).rounded() * power : (value * power).rounded() / power
  }
}
