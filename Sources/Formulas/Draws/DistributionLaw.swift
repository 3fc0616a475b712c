// SPDX-License-Identifier: Apache-2.0
import Numerics

/// The distribution function of a form of a family, and its inverse.
///
/// Draws use neither: they have methods of their own. A copula needs the inverse, and tests hold the draws
/// against the function.
struct DistributionLaw: Sendable {
  /// The probability of x and what lies below, for the arguments of the form.
  let upTo: @Sendable (SIMD4<Double>, Double) -> Double
  /// The least value at or below which a share u of the law lies, for u in (0, 1).
  let quantile: @Sendable (SIMD4<Double>, Double) -> Double

  init(
    upTo: @escaping @Sendable (SIMD4<Double>, Double) -> Double,
    quantile: @escaping @Sendable (SIMD4<Double>, Double) -> Double
  ) {
    self.upTo = upTo
    self.quantile = quantile
  }

  /// A law of positive numbers, whose inverse is sought between 0 and powers of 2 times a scale.
  init(
    positiveOf scale: @escaping @Sendable (SIMD4<Double>) -> Double,
    upTo: @escaping @Sendable (SIMD4<Double>, Double) -> Double
  ) {
    self.upTo = upTo
    quantile = { arguments, u in
      var high = scale(arguments)
      for _ in 0..<1000 where upTo(arguments, high) < u { high *= 2 }
      return Self.inverse(of: u, between: 0, and: high) { upTo(arguments, $0) }
    }
  }

  /// A law of counts, whose inverse is sought among whole numbers.
  init(
    countsUpTo upTo: @escaping @Sendable (SIMD4<Double>, Double) -> Double
  ) {
    let whole: @Sendable (SIMD4<Double>, Double) -> Double = { arguments, x in
      x < 0 ? 0 : upTo(arguments, x.rounded(.down))
    }
    self.upTo = whole
    quantile = { arguments, u in
      var high = 1.0
      while whole(arguments, high) < u, high < 0x1p62 { high *= 2 }
      var low = -1.0
      while high - low > 1 {
        let middle = ((low + high) / 2).rounded(.down)
        if whole(arguments, middle) < u { low = middle } else { high = middle }
      }
      return high
    }
  }

  /// Where a rising function reaches a share, to about the last digit: secants that keep the root between
  /// them, and halves where they are slow.
  ///
  /// ## Source
  /// Dowell and Jarratt, "A modified regula falsi method for computing the root of an equation", BIT 11
  /// (1971) 168–174, the Illinois method.
  static func inverse(
    of u: Double, between low: Double, and high: Double, _ function: (Double) -> Double
  ) -> Double {
    var (a, b) = (low, high)
    var (below, above) = (function(a) - u, function(b) - u)
    if below >= 0 { return a }
    if above < 0 { return b }
    for step in 0..<400 {
      guard b - a > 4e-16 * max(a.magnitude, b.magnitude) else { break }
      var x =
        step % 3 == 2 || above - below <= 0 ? (a + b) / 2 : b - above * (b - a) / (above - below)
      if !(x > a && x < b) { x = (a + b) / 2 }
      guard x > a, x < b else { break }
      let value = function(x) - u
      if value >= 0 {
        (b, above) = (x, value)
        below /= 2
      } else {
        (a, below) = (x, value)
        above /= 2
      }
    }
    return b
  }
}
