// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness

/// What an attack's scores of one run show at least of the ε of a generator.
///
/// Members and others are put into pairs at random. Where it was chance who of the rows was learned from,
/// it is the toss of a fair coin who of a pair was: so the pairs are the records of an audit in one run, and
/// the guess is the one of higher score. Neighbours are tables in which one row takes the place of another.
struct PairedAudit {
  /// The shares of pairs for which a guess is made, those of the largest differences first.
  ///
  /// One is chosen after looking, so that each may err with its part of the probability.
  private static func shares(of count: Int) -> [Double] {
    // A sixteenth of few pairs shows nothing, and would cost its part of the error.
    count < 64 ? [1] : [1, 0.25, 0.0625]
  }
  private static let error = 0.05

  /// The differences of each run: how far the scores of a pair lie apart, and whether the guess is right.
  private var runs: [[(gap: Double, isRight: Bool)]] = []

  /// Adds the scores of a run; more scores of one kind than of the other are left out.
  mutating func add(members: [Double], others: [Double], using stream: inout RandomStream) {
    let count = min(members.count, others.count)
    guard count > 0 else { return }
    let first = Draws.sample(count, of: members.count, using: &stream)
    let second = Draws.permutation(of: others.count, using: &stream)
    runs.append(
      zip(first, second).map { member, other in
        let gap = members[member] - others[other]
        return (gap.magnitude, gap > 0)
      })
  }

  /// The bound; `nil` if no scores were added.
  var score: Score? {
    guard !runs.isEmpty else { return nil }
    var best = (bound: -1.0, right: 0, guesses: 0)
    for pairs in runs {
      // Equal scores tell nothing. Equal differences keep the order of the draw.
      let ranked = pairs.enumerated().filter { $0.element.gap > 0 }
        .sorted { ($1.element.gap, $0.offset) < ($0.element.gap, $1.offset) }.map(\.element)
      let shares = Self.shares(of: pairs.count)
      let error = Self.error / Double(shares.count * runs.count)
      for share in shares {
        let guesses = min(ranked.count, Int((share * Double(pairs.count)).rounded(.up)))
        let right = ranked.prefix(guesses).count { $0.isRight }
        guard
          let bound = EpsilonBound.fromGuesses(
            right: right, guesses: guesses, of: pairs.count, error: error)
        else { continue }
        if bound > best.bound { best = (bound, right, guesses) }
      }
    }
    guard best.bound >= 0 else {
      return Score(notComputable: "the attack gives all records of a pair the same score")
    }
    return Score(best.bound, note: "\(best.right) of \(best.guesses) guesses right")
  }
}
