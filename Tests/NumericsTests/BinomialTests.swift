// SPDX-License-Identifier: Apache-2.0
import Numerics
import Testing

@Suite struct `Binomial counts` {
  /// By mpmath 1.3 at 40 digits.
  @Test(
    arguments: [
      (0.3, 2, 5, 0.579825), (0.9, 2, 5, 0.999945), (0.5, 500, 501, 0.5126125090891804),
      (0.12, 120, 881, 0.51449202979317594), (0.001, 1, 1000, 0.63230457522903596),
      (0.999, 1000, 1, 0.36769542477096372), (0.7, 30000, 13000, 0.85318151124607632),
    ] as [(Double, Double, Double, Double)])
  func `the incomplete beta function is that of higher precision`(
    x: Double, a: Double, b: Double, expected: Double
  ) {
    let found = IncompleteBeta.regularized(x, a: a, b: b)
    #expect(abs(found - expected) <= 1e-10 * expected, "\(found)")
    let other = IncompleteBeta.regularized(1 - x, a: b, b: a)
    #expect(abs(found + other - 1) <= 1e-10)
  }

  @Test func `tails are sums of their masses`() {
    for (trials, probability) in [(1, 0.2), (12, 0.5), (40, 0.93), (7, 0), (7, 1)] {
      let law = BinomialDistribution(trials: trials, probability: probability)
      for k in 0...(trials + 1) {
        let sum = (k..<(trials + 2)).reduce(0) { $0 + law.mass($1) }
        #expect(abs(law.upperTail(from: k) - sum) <= 1e-12, "\(k) of \(trials)")
      }
    }
    let law = BinomialDistribution(trials: 1000, probability: 0.57)
    // SciPy 1.17.1.
    #expect(abs(law.mass(600) - 0.004057314877477154) <= 1e-14)
    #expect(abs(law.upperTail(from: 600) - 0.02947643362745707) <= 1e-13)
  }

  /// SciPy 1.17.1, by quantiles of the beta law.
  @Test(
    arguments: [
      (120, 1000, 0.025, 0.10050092374816784, 0.14176686379282544),
      (30, 1000, 0.025, 0.020330485683109627, 0.042551402470029046),
      (0, 20, 0.05, 0, 0.13910834066826516), (20, 20, 0.05, 0.8608916593317348, 1),
      (1, 3, 0.1, 0.034510615394370246, 0.8041998943409083),
      (4000, 4000, 0.05, 0.9992513473119822, 1),
    ] as [(Int, Int, Double, Double, Double)])
  func `exact bounds are quantiles of the beta law`(
    successes: Int, trials: Int, error: Double, lower: Double, upper: Double
  ) throws {
    let interval = try #require(
      ClopperPearsonInterval(successes: successes, trials: trials, error: error))
    #expect(abs(interval.lower - lower) <= 1e-11)
    #expect(abs(interval.upper - upper) <= 1e-11)
  }

  @Test func `what is no count has no bounds`() {
    #expect(ClopperPearsonInterval(successes: 0, trials: 0, error: 0.05) == nil)
    #expect(ClopperPearsonInterval(successes: 4, trials: 3, error: 0.05) == nil)
    #expect(ClopperPearsonInterval(successes: -1, trials: 3, error: 0.05) == nil)
  }
}
