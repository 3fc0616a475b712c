// SPDX-License-Identifier: Apache-2.0

public import Numerics

extension Draws {
  /// The number of successes in independent trials, each with this probability.
  ///
  /// By inversion where n · min(p, 1 − p) is below 10, by rejection from there on; in 0 ... trials.
  ///
  /// ## Source
  /// Hörmann, "The generation of binomial random variates", Journal of Statistical Computation and
  /// Simulation 46 (1993) 101–110, algorithm BTRS.
  ///
  /// - Precondition: the trials are not negative; the probability is in [0, 1].
  @inlinable
  public static func binomial(
    trials: Int, probability: Double, using generator: inout some RandomNumberGenerator
  ) -> Int {
    precondition(trials >= 0, "the trials are not negative")
    precondition(probability >= 0 && probability <= 1, "the probability is in [0, 1]")
    if trials == 0 || probability == 0 { return 0 }
    if probability == 1 { return trials }
    if probability > 0.5 {
      return trials - binomial(trials: trials, probability: 1 - probability, using: &generator)
    }
    return Double(trials) * probability < 10
      ? smallBinomial(trials: trials, probability: probability, using: &generator)
      : largeBinomial(trials: trials, probability: probability, using: &generator)
  }

  /// By inversion: the first k whose cumulative probability exceeds one uniform.
  @inlinable
  static func smallBinomial(
    trials: Int, probability p: Double, using generator: inout some RandomNumberGenerator
  ) -> Int {
    var rest = uniform(using: &generator)
    let odds = p / (1 - p)
    var probability = ElementaryFunctions.exp(Double(trials) * logOfComplement(p))
    var k = 0
    // A binomial of mean below 10 exceeds 110 with a probability under 2⁻²⁰⁰.
    while rest >= probability, k < min(trials, 110) {
      rest -= probability
      k += 1
      probability *= odds * Double(trials - k + 1) / Double(k)
    }
    return k
  }

  /// ln(1 − p) for 0 < p ≤ ½, accurate where 1 − p is rounded.
  @inlinable
  static func logOfComplement(_ p: Double) -> Double {
    let rounded = 1 - p
    if rounded == 1 { return -p }
    return ElementaryFunctions.log(rounded) * (p / (1 - rounded))
  }

  /// Algorithm BTRS, for n · p of at least 10 and p of at most ½.
  @inlinable
  static func largeBinomial(
    trials: Int, probability p: Double, using generator: inout some RandomNumberGenerator
  ) -> Int {
    let n = Double(trials)
    let spread = (n * p * (1 - p)).squareRoot()
    let b = 1.15 + 2.53 * spread
    let a = -0.0873 + 0.0248 * b + 0.01 * p
    let c = n * p + 0.5
    let vr = 0.92 - 4.2 / b
    let alpha = (2.83 + 5.1 / b) * spread
    let logOdds = ElementaryFunctions.log(p) - logOfComplement(p)
    let mode = ((n + 1) * p).rounded(.down)
    let peak =
      ElementaryFunctions.logGamma(mode + 1) + ElementaryFunctions.logGamma(n - mode + 1)
    for _ in 0..<refusalLimit {
      let u = openUniform(using: &generator) - 0.5
      let v = openUniform(using: &generator)
      let us = 0.5 - u.magnitude
      let k = ((2 * a / us + b) * u + c).rounded(.down)
      if k < 0 || k > n { continue }
      if us >= 0.07, v <= vr { return min(trials, count(k)) }
      let left = ElementaryFunctions.log(v * alpha / (a / (us * us) + b))
      let right =
        peak - ElementaryFunctions.logGamma(k + 1) - ElementaryFunctions.logGamma(n - k + 1)
        + (k - mode) * logOdds
      if left <= right { return min(trials, count(k)) }
    }
    return min(trials, count(mode))
  }
}
