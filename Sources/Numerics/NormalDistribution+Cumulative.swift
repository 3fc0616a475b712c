// SPDX-License-Identifier: Apache-2.0

extension NormalDistribution {
  /// The probability that a standard normal lies at or below x; in [0, 1].
  ///
  /// Within 10⁻¹⁴ of the true value, relative to the smaller of it and its complement.
  ///
  /// ## Source
  /// Abramowitz and Stegun, 26.2.11 (the series, below 3) and 26.2.14 (the continued fraction, from 3 up).
  public static func cumulative(_ x: Double) -> Double {
    guard x.magnitude < 3 else { return x < 0 ? upperTail(-x) : 1 - upperTail(x) }
    var term = x
    var sum = x
    var odd = 1.0
    while term.magnitude > sum.magnitude * 1e-17 {
      odd += 2
      term *= x * x / odd
      sum += term
    }
    return 0.5 + density(x) * sum
  }

  /// The probability above x, for x ≥ 3.
  private static func upperTail(_ x: Double) -> Double {
    guard x < 39 else { return 0 }
    var fraction = 0.0
    for step in stride(from: 80.0, through: 1, by: -1) { fraction = step / (x + fraction) }
    return density(x) / (x + fraction)
  }

  private static func density(_ x: Double) -> Double {
    0.398_942_280_401_432_7 * ElementaryFunctions.exp(-0.5 * x * x)
  }
}
