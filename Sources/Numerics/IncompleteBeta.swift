// SPDX-License-Identifier: Apache-2.0

/// The regularised incomplete beta function I_x(a, b), the distribution function of the beta law.
public enum IncompleteBeta {
  /// I_x(a, b), 0...1; 0 below the unit interval and 1 above.
  ///
  /// ## Source
  /// DLMF 8.17.22, the continued fraction, evaluated by the method of Lentz; 8.17.4 where it converges
  /// slowly.
  ///
  /// - Precondition: a > 0 and b > 0.
  public static func regularized(_ x: Double, a: Double, b: Double) -> Double {
    precondition(a > 0 && b > 0, "the parameters are positive")
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    let scale = ElementaryFunctions.exp(
      ElementaryFunctions.logGamma(a + b) - ElementaryFunctions.logGamma(a)
        - ElementaryFunctions.logGamma(b) + a * ElementaryFunctions.log(x)
        + b * ElementaryFunctions.log(1 - x))
    // The fraction converges within some √(a + b) steps on its own side of the mean.
    return x < (a + 1) / (a + b + 2)
      ? min(1, scale * fraction(x, a, b) / a) : max(0, 1 - scale * fraction(1 - x, b, a) / b)
  }

  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let least = 1e-300
    func kept(_ value: Double) -> Double { value.magnitude < least ? least : value }
    var c = 1.0
    var d = 1 / kept(1 - (a + b) * x / (a + 1))
    var value = d
    for step in 1...100_000 {
      let m = Double(step)
      var factor = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / kept(1 + factor * d)
      c = kept(1 + factor / c)
      value *= d * c
      factor = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / kept(1 + factor * d)
      c = kept(1 + factor / c)
      let change = d * c
      value *= change
      if (change - 1).magnitude < 1e-15 { break }
    }
    return value
  }
}
