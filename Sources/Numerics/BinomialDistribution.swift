// SPDX-License-Identifier: Apache-2.0

/// The number of successes in n independent trials of one probability.
public struct BinomialDistribution: Hashable, Sendable {
  /// The number of trials.
  public let trials: Int
  /// The probability of a success, 0...1.
  public let probability: Double

  /// Creates a distribution.
  ///
  /// - Precondition: trials ≥ 0 and 0 ≤ probability ≤ 1.
  public init(trials: Int, probability: Double) {
    precondition(trials >= 0, "the number of trials is not negative")
    precondition((0...1).contains(probability), "a probability lies in 0...1")
    self.trials = trials
    self.probability = probability
  }

  /// The probability of exactly k successes; 0 outside 0...trials.
  public func mass(_ k: Int) -> Double {
    guard (0...trials).contains(k) else { return 0 }
    if probability == 0 { return k == 0 ? 1 : 0 }
    if probability == 1 { return k == trials ? 1 : 0 }
    let ways =
      ElementaryFunctions.logFactorial(trials) - ElementaryFunctions.logFactorial(k)
      - ElementaryFunctions.logFactorial(trials - k)
    return ElementaryFunctions.exp(
      ways + Double(k) * ElementaryFunctions.log(probability)
        + Double(trials - k) * ElementaryFunctions.log(1 - probability))
  }

  /// The probability of k successes or more.
  ///
  /// Within 10⁻¹² of the true value, relative to it, for up to 10⁵ trials.
  ///
  /// ## Source
  /// DLMF 8.17.5: the sum is the incomplete beta function I_p(k, n − k + 1).
  public func upperTail(from k: Int) -> Double {
    if k <= 0 { return 1 }
    if k > trials { return 0 }
    return IncompleteBeta.regularized(probability, a: Double(k), b: Double(trials - k + 1))
  }
}
