// SPDX-License-Identifier: Apache-2.0
import Numerics
import Testing

@Suite struct `Quantiles of a sample` {
  @Test func `they agree with definition 7 by hand`() throws {
    let values: [Double] = [1, 2, 4, 8]
    let found = Quantiles.quantiles([0, 0.25, 0.5, 0.9, 1], ofSorted: values)
    let expected = [1, 1.75, 3, 6.8, 8]
    #expect(found.count == expected.count)
    #expect(zip(found, expected).allSatisfy { ($0 - $1).magnitude <= 1e-14 }, "\(found)")
  }

  @Test func `no values have no quantile and one value is every quantile`() {
    #expect(Quantiles.median(ofSorted: []) == nil)
    #expect(Quantiles.quantiles([0, 1], ofSorted: []).isEmpty)
    #expect(Quantiles.quantiles([0, 0.3, 1], ofSorted: [7]) == [7, 7, 7])
  }

  @Test func `ends of the range of numbers neither overflow nor leave their neighbours`() {
    let huge = Double.greatestFiniteMagnitude
    #expect(Quantiles.median(ofSorted: [-huge, huge]) == 0)
    #expect(Quantiles.quantile(0.1, ofSorted: [0.1, 0.1, 0.1]) == 0.1)
    #expect(Quantiles.median(ofSorted: [1, .infinity]) == .infinity)
  }
}

@Suite struct `Distances of samples` {
  static let byHand: [(first: [Double], second: [Double], gap: Double, cost: Double)] = [
    ([1, 2, 3], [4, 5, 6], 1, 3),
    ([1, 1, 2, 2], [1, 2, 2, 2], 0.25, 0.25),
    ([1, 2, 3], [1, 2, 3], 0, 0),
    ([0, 1], [0, 0, 1, 1], 0, 0),
    ([0], [1], 1, 1),
    ([0, 0, 0, 10], [0, 5], 0.25, 2.5),
  ]

  @Test(arguments: byHand)
  func `both agree with values computed by hand, either way round`(
    first: [Double], second: [Double], gap: Double, cost: Double
  ) throws {
    for (a, b) in [(first, second), (second, first)] {
      let distance = try #require(EmpiricalDistance.kolmogorovSmirnov(sorted: a, sorted: b))
      #expect((distance - gap).magnitude <= 1e-15)
      let wasserstein = try #require(EmpiricalDistance.wasserstein(sorted: a, sorted: b))
      #expect((wasserstein - cost).magnitude <= 1e-15)
    }
  }

  @Test func `an empty sample has no distance to anything`() {
    #expect(EmpiricalDistance.kolmogorovSmirnov(sorted: [], sorted: [1]) == nil)
    #expect(EmpiricalDistance.wasserstein(sorted: [1], sorted: []) == nil)
  }
}

@Suite struct `Moments of a sample` {
  @Test func `they agree with values computed by hand`() throws {
    let plain = try #require(Moments(of: [2, 4, 4, 4, 5, 5, 7, 9]))
    #expect(plain.mean == 5)
    #expect((try #require(plain.standardDeviation) - (32.0 / 7).squareRoot()).magnitude <= 1e-15)
    // V₁ = 4, V₂ = 6; mean 2.5; Σ w(x − mean)² = 2.25 + 0.25 + 0.5 = 3 over 4 − 6/4 = 2.5.
    let weighted = try #require(Moments(of: [1, 2, 3], weights: [0, 2, 2]))
    #expect(weighted.mean == 2.5)
    let uneven = try #require(Moments(of: [1, 2, 3], weights: [1, 1, 2]))
    #expect(uneven.mean == 2.25)
    let expected = (2.75 / 2.5 as Double).squareRoot()
    #expect((try #require(uneven.standardDeviation) - expected).magnitude <= 1e-15)
  }

  @Test func `multiplying the weights changes nothing`() throws {
    let values: [Double] = [3, 1, 4, 1, 5, 9, 2, 6]
    let weights: [Double] = [1, 2, 3, 4, 5, 6, 7, 8]
    let once = try #require(Moments(of: values, weights: weights))
    for factor in [0x1p-1000, 0.5, 0x1p1000] {
      #expect(Moments(of: values, weights: weights.map { $0 * factor }) == once)
    }
    let equal = try #require(Moments(of: values, weights: values.map { _ in 0.25 }))
    let plain = try #require(Moments(of: values))
    #expect((equal.mean - plain.mean).magnitude <= 1e-15)
    let (a, b) = (try #require(equal.standardDeviation), try #require(plain.standardDeviation))
    #expect((a - b).magnitude <= 1e-15 * b)
  }

  @Test func `small samples, constants and huge values are no trap`() throws {
    #expect(Moments(of: []) == nil)
    #expect(Moments(of: [1, 2], weights: [0, 0]) == nil)
    let one = try #require(Moments(of: [3]))
    #expect(one.mean == 3)
    #expect(one.standardDeviation == nil)
    for constant in [0, 0.1, 1e300, Double(bitPattern: 0x1)] {
      let moments = try #require(Moments(of: [Double](repeating: constant, count: 7)))
      #expect(moments.mean == constant)
      #expect(moments.standardDeviation == 0)
    }
    let huge = try #require(Moments(of: [-1e308, 1e308]))
    #expect(huge.mean == 0)
    let deviation = try #require(huge.standardDeviation)
    #expect((deviation / 1e308 - 2.0.squareRoot()).magnitude <= 1e-15)
    let far = try #require(Moments(of: [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]))
    #expect((try #require(far.standardDeviation) - 30.0.squareRoot()).magnitude <= 1e-13)
  }
}

@Suite struct `The Wilson interval` {
  @Test(arguments: [(60.0, 0.122897, 0.028522), (25.0, 0.053431, 0.019337)])
  func `it agrees with published rates of 500 attacks`(k: Double, rate: Double, half: Double) throws
  {
    let interval = try #require(WilsonInterval(successes: k, trials: 500))
    #expect((interval.centre - rate).magnitude <= 5e-7)
    #expect((interval.halfWidth - half).magnitude <= 5e-7)
    #expect(interval.lower < k / 500)
    #expect(k / 500 < interval.upper)
  }

  @Test func `its ends stay in the unit interval and it refuses what is no proportion`() throws {
    for n in [1.0, 10, 1e6] {
      #expect(try #require(WilsonInterval(successes: 0, trials: n)).lower <= 1e-12)
      #expect(try #require(WilsonInterval(successes: n, trials: n)).upper >= 1 - 1e-12)
    }
    #expect(WilsonInterval(successes: 0, trials: 0) == nil)
    #expect(WilsonInterval(successes: 3, trials: 2) == nil)
    #expect(WilsonInterval(successes: -1, trials: 2) == nil)
    #expect(WilsonInterval(successes: .nan, trials: 2) == nil)
  }
}

@Suite struct `Correlation coefficients` {
  @Test func `they agree with values computed by hand`() throws {
    let x: [Double] = [1, 2, 3, 4, 5]
    let y: [Double] = [2, 1, 4, 3, 5]
    // Deviations multiply to Σ = 8, squares to 10 each.
    #expect((try #require(Correlation.pearson(x, y)) - 0.8).magnitude <= 1e-15)
    #expect((try #require(Correlation.spearman(x, y)) - 0.8).magnitude <= 1e-15)
    #expect(Correlation.pearson(x, x.map { -3 * $0 + 7 }) == -1)
    #expect(Correlation.spearman(x, x.map { $0 * $0 * $0 }) == 1)
  }

  @Test func `ties share their mean rank`() throws {
    #expect(Correlation.ranks(of: [10, 20, 10, 30, 20, 20]) == [1.5, 4, 1.5, 6, 4, 4])
    #expect(Correlation.ranks(of: []) == [])
    // Ranks 1.5 1.5 3 4 and 1 2.5 2.5 4: Σ = 3.75 over √(4.5 · 4.5).
    let found = try #require(Correlation.spearman([1, 1, 2, 3], [1, 2, 2, 3]))
    #expect((found - 3.75 / 4.5).magnitude <= 1e-15)
  }

  @Test func `shift and scale make no difference, however large`() throws {
    let x: [Double] = [1, 2, 3, 4, 5]
    let y: [Double] = [2, 1, 4, 3, 5]
    for (shift, scale) in [(1e12, 1.0), (0, 1e307), (0, 1e-300), (-1e300, 1e299)] {
      let moved = try #require(Correlation.pearson(x.map { $0 * scale + shift }, y))
      #expect((moved - 0.8).magnitude <= 1e-12, "shift \(shift), scale \(scale)")
    }
  }

  @Test func `a constant or a single pair has no correlation`() {
    #expect(Correlation.pearson([0.1, 0.1, 0.1], [1, 2, 3]) == nil)
    #expect(Correlation.spearman([1, 2, 3], [5, 5, 5]) == nil)
    #expect(Correlation.pearson([1], [1]) == nil)
    #expect(Correlation.pearson([], []) == nil)
  }
}
