// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Numerics

/// Expected values from sums and series of 40 digits and more (mpmath 1.3, Python's decimal).
@Suite struct DistributionFunctionsTests {
  static func isNear(_ value: Double, _ expected: Double, _ tolerance: Double) -> Bool {
    abs(value - expected) <= tolerance * min(expected, max(1 - expected, 1e-3))
  }

  @Test func `the table of the normal distribution agrees with the function`() {
    var values =
      [-.infinity, -40, -9, 9, 40, .infinity, .nan] + (0...40_000).map { -10 + Double($0) / 2000.7 }
    let asked = values
    values.withUnsafeMutableBufferPointer { NormalTable.standard.cumulative(each: $0) }
    #expect(values[0] < 1e-18 && values[5] == 1 && values[6] == 1)
    for (x, value) in zip(asked, values) where !x.isNaN {
      #expect((NormalDistribution.cumulative(x) - value).magnitude < 1e-13, "\(x)")
    }
    #expect(zip(values[7...], values[8...]).allSatisfy { $1 >= $0 - 1e-15 })
  }

  @Test(
    arguments: [
      (0, 0.5), (1, 0.84134474606854293), (1.96, 0.97500210485177952), (-0.5, 0.30853753872598688),
      (2.999, 0.99864566346627293), (3.001, 0.99865452717491499), (-5, 2.8665157187919391e-07),
      (-8, 6.2209605742717839e-16), (-20, 2.7536241186062337e-89), (9, 1), (-50, 0),
    ] as [(Double, Double)]) func `the normal distribution function`(x: Double, expected: Double)
  {
    #expect(Self.isNear(NormalDistribution.cumulative(x), expected, 1e-12), "\(x)")
  }

  @Test func `the quantile takes the distribution function back`() {
    for x in stride(from: -7.5, through: 5, by: 0.25) {
      let back = NormalDistribution.quantile(NormalDistribution.cumulative(x))
      #expect(abs(back - x) < (x < 2 ? 1e-13 : 1e-9), "\(x): \(back)")
    }
  }

  @Test(
    arguments: [
      (1, 1, 0.63212055882855767), (3, 0.1, 0.00015465307026467164), (5, 20, 0.9999830552560699),
      (100, 100, 0.5132987982791487), (100, 140, 0.9998389428252874),
      (2000, 1950, 0.1313526369567147), (0.5, 1, 0.84270079294971489),
      (0.5, 4, 0.99532226501895271), (0.3, 0.2, 0.65750672426972168),
      (12.5, 30, 0.99989544513868478), (2, 0, 0),
    ] as [(Double, Double, Double)])
  func `the incomplete gamma function`(
    shape: Double, x: Double, expected: Double
  ) {
    let value = IncompleteGamma.regularized(x, shape: shape)
    #expect(Self.isNear(value, expected, 1e-11), "\(shape), \(x): \(value)")
  }

  @Test(
    arguments: [
      (0.3, 1, 1, 0.3), (0.2, 2, 6, 0.4232832), (0.9, 5, 3, 0.9743085),
      (0.5, 100, 120, 0.91179606279498182), (0.01, 3, 200, 0.3287618289616106),
      (0.6, 1000, 700, 0.83781978620784747), (0.3, 0.5, 0.5, 0.36901011956554536),
      (0.8, 2.5, 0.7, 0.42729668636198453),
      (0, 2, 3, 0), (1, 2, 3, 1),
    ] as [(Double, Double, Double, Double)])
  func `the incomplete beta function`(
    x: Double, a: Double, b: Double, expected: Double
  ) {
    let value = IncompleteBeta.regularized(x, a: a, b: b)
    #expect(Self.isNear(value, expected, 1e-11), "\(x), \(a), \(b): \(value)")
    #expect(abs(IncompleteBeta.regularized(1 - x, a: b, b: a) + value - 1) < 1e-12)
  }
}
