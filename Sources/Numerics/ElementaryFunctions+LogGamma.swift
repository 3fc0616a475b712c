// SPDX-License-Identifier: Apache-2.0

extension ElementaryFunctions {
  /// The natural logarithm of the gamma function, for x > 0; ∞ at 0, NaN below.
  ///
  /// Within 2·10⁻¹⁵ of the true value, relative to the larger of 1 and that value, and relative to
  /// the value itself around its zeros at 1 and 2.
  ///
  /// ## Source
  /// Abramowitz and Stegun, 6.1.33 (around 2), 6.1.15 (recurrence) and 6.1.41 (from 10 up).
  public static func logGamma(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? .infinity : .nan }
    guard x.isFinite else { return x }
    if x >= 10 { return stirling(x) }
    if x < 0.5 { return logGammaAroundTwo(x) - (log(x) + log(x + 1)) }
    if x < 1.5 { return logGammaAroundTwo(x - 1) - log(x) }
    var argument = x
    var product = 1.0
    while argument > 2.5 {
      argument -= 1
      product *= argument
    }
    return logGammaAroundTwo(argument - 2) + (product == 1 ? 0 : log(product))
  }

  /// ln(n!), for n ≥ 0; the same as `logGamma(n + 1)`.
  ///
  /// - Precondition: n ≥ 0.
  public static func logFactorial(_ n: Int) -> Double {
    precondition(n >= 0, "a factorial's argument is not negative")
    return n < 2 ? 0 : logGamma(Double(n) + 1)
  }

  /// Stirling's series, its truncation below 10⁻¹⁶ from 10 up.
  private static func stirling(_ x: Double) -> Double {
    let inverse = 1 / x
    let z = inverse * inverse
    var sum = -3617.0 / 122_400
    sum = 1.0 / 156 + z * sum
    sum = -691.0 / 360_360 + z * sum
    sum = 1.0 / 1188 + z * sum
    sum = -1.0 / 1680 + z * sum
    sum = 1.0 / 1260 + z * sum
    sum = -1.0 / 360 + z * sum
    sum = 1.0 / 12 + z * sum
    return (x - 0.5) * (log(x) - 1) + (0.4189385332046727 + inverse * sum)
  }

  /// ln Γ(2 + z) for |z| ≤ 0.5: (1 − γ)z + Σ (−1)ᵏ (ζ(k) − 1) zᵏ/k over k from 2 to 28.
  private static func logGammaAroundTwo(_ z: Double) -> Double {
    var sum = 1.330476437424449e-10
    sum = -2.7595228851242334e-10 + z * sum
    sum = 5.731367241678862e-10 + z * sum
    sum = -1.1921401405860912e-09 + z * sum
    sum = 2.4836745438024785e-09 + z * sum
    sum = -5.183475041970047e-09 + z * sum
    sum = 1.0838659214896955e-08 + z * sum
    sum = -2.2711094608943164e-08 + z * sum
    sum = 4.7698101693639804e-08 + z * sum
    sum = -1.0043224823968099e-07 + z * sum
    sum = 2.1207184805554665e-07 + z * sum
    sum = -4.492469198764566e-07 + z * sum
    sum = 9.55141213040742e-07 + z * sum
    sum = -2.039215753801366e-06 + z * sum
    sum = 4.374866789907488e-06 + z * sum
    sum = -9.439488275268397e-06 + z * sum
    sum = 2.050721277567069e-05 + z * sum
    sum = -4.492623673813314e-05 + z * sum
    sum = 9.945751278180853e-05 + z * sum
    sum = -0.00022315475845357939 + z * sum
    sum = 0.0005096695247430425 + z * sum
    sum = -0.001192753911703261 + z * sum
    sum = 0.0028905103307415234 + z * sum
    sum = -0.007385551028673986 + z * sum
    sum = 0.020580808427784546 + z * sum
    sum = -0.0673523010531981 + z * sum
    sum = 0.3224670334241132 + z * sum
    return z * (0.42278433509846713 + z * sum)
  }
}
