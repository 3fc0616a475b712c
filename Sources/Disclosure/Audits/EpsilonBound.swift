// SPDX-License-Identifier: Apache-2.0
import Numerics

/// What an attack on membership shows at least of the ε of a generator, were it differentially private.
///
/// A generator that keeps (ε, δ)-differential privacy lets no attack tell members from others by more than
/// ε allows. Turned round, an attack that tells them apart proves that no smaller ε holds. A bound of 0
/// proves nothing: a better attack may show more, and most generators keep no ε at all.
public enum EpsilonBound {
  /// The bound from the rates of an attack with a fixed threshold, over runs that are independent:
  /// the largest of ln((TPR − δ)/FPR) and ln((TNR − δ)/FNR), with the rates at their exact bounds.
  ///
  /// - Parameters:
  ///   - found: Members taken for members, of how many.
  ///   - alarms: Others taken for members, of how many.
  ///   - delta: The δ of the promise that is audited.
  ///   - error: The probability with which the bound may be too large; half goes to each rate.
  /// - Returns: The bound, ≥ 0; `nil` if there are no members or no others.
  ///
  /// ## Source
  /// Jagielski, Ullman and Oprea, "Auditing differentially private machine learning" (NeurIPS 2020);
  /// Nasr et al., "Tight auditing of differentially private machine learning" (2023).
  public static func fromRates(
    found: (count: Int, of: Int), alarms: (count: Int, of: Int), delta: Double = 0,
    error: Double = 0.05
  ) -> Double? {
    guard
      let hits = ClopperPearsonInterval(
        successes: found.count, trials: found.of, error: error / 2),
      let wrong = ClopperPearsonInterval(
        successes: alarms.count, trials: alarms.of, error: error / 2)
    else { return nil }
    let odds = [
      (hits.lower - delta, wrong.upper), (1 - wrong.upper - delta, 1 - hits.lower),
    ]
    return odds.reduce(0) { most, pair in
      pair.0 > pair.1 && pair.1 > 0 ? max(most, ElementaryFunctions.log(pair.0 / pair.1)) : most
    }
  }

  /// The bound from a single run, in which each of many records was learned from with probability one half.
  ///
  /// Were ε kept, the number of right guesses would be at most binomial with probability
  /// 1/(1 + e^(−ε)), but for what δ adds. The bound is the ε at which as many right guesses have just the
  /// probability of an error.
  ///
  /// - Parameters:
  ///   - right: Guesses that were right.
  ///   - guesses: Guesses made; records without a guess count for nothing.
  ///   - records: All records that could have been guessed.
  ///   - delta: The δ of the promise that is audited.
  ///   - error: The probability with which the bound may be too large.
  /// - Returns: The bound, ≥ 0; `nil` without a guess.
  ///
  /// ## Source
  /// Steinke, Nasr and Jagielski, "Privacy auditing with one (1) training run" (NeurIPS 2023,
  /// arXiv 2305.08846), theorem 1.
  public static func fromGuesses(
    right: Int, guesses: Int, of records: Int, delta: Double = 0, error: Double = 0.05
  ) -> Double? {
    guard guesses > 0, (0...guesses).contains(right), records >= guesses else { return nil }
    func isRefuted(_ epsilon: Double) -> Bool {
      probability(right, guesses, records, delta, epsilon) < error
    }
    guard isRefuted(0) else { return 0 }
    var (low, high) = (0.0, 1.0)
    while high < 64, isRefuted(high) { (low, high) = (high, high * 2) }
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if isRefuted(middle) { low = middle } else { high = middle }
    }
    return low
  }

  /// The most probability of so many right guesses that ε and δ allow.
  private static func probability(
    _ right: Int, _ guesses: Int, _ records: Int, _ delta: Double, _ epsilon: Double
  ) -> Double {
    let law = BinomialDistribution(
      trials: guesses, probability: 1 / (1 + ElementaryFunctions.exp(-epsilon)))
    let tail = law.upperTail(from: right)
    guard delta > 0, right > 0 else { return tail }
    var (sum, most) = (0.0, 0.0)
    for fewer in 1...right {
      sum += law.mass(right - fewer)
      most = max(most, sum / Double(fewer))
    }
    return min(1, tail + 2 * Double(records) * delta * most)
  }
}
