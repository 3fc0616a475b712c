// SPDX-License-Identifier: Apache-2.0

/// The incomplete beta function, which is the distribution function of the beta.
public enum IncompleteBeta {
  /// I(x; a, b): the probability that a beta of these shapes lies at or below x; in [0, 1].
  ///
  /// ## Source
  /// DiDonato and Morris, "Algorithm 708", ACM TOMS 18 (1992) 360–373, equation 2.4, for its symmetry;
  /// Abramowitz and Stegun, 26.5.8, for the continued fraction, by the method of Lentz.
  ///
  /// - Precondition: a > 0 and b > 0, finite.
  public static func regularized(_ x: Double, _ a: Double, _ b: Double) -> Double {
    precondition(a > 0 && b > 0 && a.isFinite && b.isFinite, "the shapes are positive")
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - fraction(1 - x, b, a) }
    return fraction(x, a, b)
  }

  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let scale = ElementaryFunctions.exp(
      a * ElementaryFunctions.log(x) + b * ElementaryFunctions.log(1 - x)
        + ElementaryFunctions.logGamma(a + b) - ElementaryFunctions.logGamma(a)
        - ElementaryFunctions.logGamma(b))
    func bounded(_ value: Double) -> Double { value.magnitude < 1e-300 ? 1e-300 : value }
    var c = 1.0
    var d = 1 / bounded(1 - (a + b) * x / (a + 1))
    var result = d
    let limit = 500 + Int(min(1e6, 20 * max(a, b).squareRoot()))
    for step in 1...limit {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / bounded(1 + even * d)
      c = bounded(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / bounded(1 + odd * d)
      c = bounded(1 + odd / c)
      result *= d * c
      if (d * c - 1).magnitude < 3e-16 { break }
    }
    return min(1, max(0, scale * result / a))
  }
}
