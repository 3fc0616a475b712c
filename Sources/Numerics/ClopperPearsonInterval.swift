// SPDX-License-Identifier: Apache-2.0

/// The exact bounds of a proportion, from k successes in n independent trials.
///
/// Each bound errs with at most the probability stated, whatever the true proportion, so that both together
/// err with at most twice that.
///
/// ## Source
/// Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of the
/// binomial", Biometrika 26 (1934) 404–413.
public struct ClopperPearsonInterval: Hashable, Sendable {
  /// The proportion that gives k successes or more with the error's probability; 0 where k is 0.
  public let lower: Double
  /// The proportion that gives k successes or fewer with the error's probability; 1 where k is n.
  public let upper: Double

  /// The bounds; nil unless there is a trial and 0 ≤ successes ≤ trials.
  ///
  /// - Parameter error: The probability with which each bound may err.
  /// - Precondition: 0 < error < 1.
  public init?(successes: Int, trials: Int, error: Double) {
    precondition(error > 0 && error < 1, "the probability of an error lies between 0 and 1")
    guard trials > 0, (0...trials).contains(successes) else { return nil }
    lower = Self.lower(successes, trials, error)
    upper = 1 - Self.lower(trials - successes, trials, error)
  }

  private static func lower(_ successes: Int, _ trials: Int, _ error: Double) -> Double {
    guard successes > 0 else { return 0 }
    var (low, high) = (0.0, Double(successes) / Double(trials))
    // The tail grows with the proportion; halving goes down to neighbouring numbers.
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return low }
      let tail = BinomialDistribution(trials: trials, probability: middle)
        .upperTail(from: successes)
      if tail < error { low = middle } else { high = middle }
    }
  }
}
