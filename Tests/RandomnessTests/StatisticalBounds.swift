// SPDX-License-Identifier: Apache-2.0
import Numerics

/// Bounds that a right sampler exceeds with a probability of 10⁻⁶ a check, under fixed keys.
enum StatisticalBounds {
  /// The two-sided normal bound.
  static let z = NormalDistribution.quantile(1 - 0.5e-6)

  /// The chi-square bound of these degrees of freedom (Wilson and Hilferty's cube).
  static func chiSquare(freedom: Int) -> Double {
    let k = 2 / (9 * Double(freedom))
    let root = 1 - k + NormalDistribution.quantile(1 - 1e-6) * k.squareRoot()
    return Double(freedom) * root * root * root
  }

  /// The Kolmogorov–Smirnov bound of n draws against an exact distribution function (Massart).
  static func kolmogorovSmirnov(n: Int) -> Double {
    (ElementaryFunctions.log(2 / 1e-6) / (2 * Double(n))).squareRoot()
  }

  /// The chi-square statistic of counts against probabilities, pooling cells that expect under 10.
  static func fit(counts: [Int], probabilities: [Double]) -> (statistic: Double, freedom: Int) {
    let n = Double(counts.reduce(0, +))
    var (statistic, cells) = (0.0, 0)
    var (pooledCount, pooledExpected) = (0.0, 0.0)
    for (count, probability) in zip(counts, probabilities) {
      pooledCount += Double(count)
      pooledExpected += n * probability
      guard pooledExpected >= 10 else { continue }
      statistic += (pooledCount - pooledExpected) * (pooledCount - pooledExpected) / pooledExpected
      cells += 1
      (pooledCount, pooledExpected) = (0, 0)
    }
    if pooledExpected > 0.5 {
      statistic += (pooledCount - pooledExpected) * (pooledCount - pooledExpected) / pooledExpected
      cells += 1
    }
    return (statistic, max(1, cells - 1))
  }
}

/// A generator that always gives the same number.
struct ConstantGenerator: RandomNumberGenerator {
  var value: UInt64
  mutating func next() -> UInt64 { value }
}
