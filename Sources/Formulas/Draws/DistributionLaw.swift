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

  /// The least number, to the last digit, at which a rising function reaches a share.
  ///
  /// Some 15 evaluations for a smooth function; where it jumps, by halving.
  ///
  /// ## Source
  /// Brent, "Algorithms for Minimization without Derivatives", Prentice-Hall 1973, chapter 4; then halving
  /// between the last few numbers, so that the place of a jump is met exactly.
  static func inverse(
    of u: Double, between low: Double, and high: Double, _ function: (Double) -> Double
  ) -> Double {
    var (a, b) = (low, high)
    var (fa, fb) = (function(a) - u, function(b) - u)
    if fa >= 0 { return a }
    if fb < 0 { return b }
    // The root lies between b, the best number so far, and c; a is the number before b.
    var (c, fc) = (a, fa)
    var step = b - a
    var before = step
    for _ in 0..<400 {
      if fc.magnitude < fb.magnitude {
        (a, b, c) = (b, c, b)
        (fa, fb, fc) = (fb, fc, fb)
      }
      let tolerance = 2 * b.magnitude * 0x1p-52
      let half = (c - b) / 2
      if half.magnitude <= tolerance || fb == 0 { break }
      if before.magnitude < tolerance || fa.magnitude <= fb.magnitude {
        (step, before) = (half, half)
      } else {
        let s = fb / fa
        var p = 2 * half * s
        var q = 1 - s
        if a != c {
          let (t, r) = (fa / fc, fb / fc)
          p = s * (2 * half * t * (t - r) - (b - a) * (r - 1))
          q = (t - 1) * (r - 1) * (s - 1)
        }
        if p > 0 { q = -q } else { p = -p }
        let old = before
        before = step
        if 2 * p < 3 * half * q - (tolerance * q).magnitude, p < (old * q / 2).magnitude {
          step = p / q
        } else {
          (step, before) = (half, half)
        }
      }
      (a, fa) = (b, fb)
      b += step.magnitude > tolerance ? step : half > 0 ? tolerance : -tolerance
      fb = function(b) - u
      if (fb < 0) == (fc < 0) {
        (c, fc) = (a, fa)
        step = b - a
        before = step
      }
    }
    var (below, above) = fb < 0 ? (b, c) : (c, b)
    if fb == 0, c > b { (below, above) = (b.nextDown, b) }
    for _ in 0..<64 {
      let middle = below + (above - below) / 2
      guard middle > below, middle < above else { break }
      if function(middle) < u { below = middle } else { above = middle }
    }
    return above
  }
}
