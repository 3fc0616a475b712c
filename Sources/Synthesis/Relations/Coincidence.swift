// SPDX-License-Identifier: Apache-2.0
import Numerics

/// How surprising it would be for a relation to hold in every row by chance.
enum Coincidence {
  /// The surprise, in nats, above which a relation is believed: one false find in about three thousand
  /// columns, once the number of pairs that were tried is taken off.
  static let threshold = 8.0

  /// The surprise needed where some pairs were tried.
  static func threshold(tries: Int) -> Double {
    threshold + ElementaryFunctions.log(Double(max(tries, 1)))
  }

  /// Surprise that values drawn with some frequencies agree in a number of independent comparisons.
  static func ofAgreement(counts: [Int], comparisons: Int) -> Double {
    let total = Double(counts.reduce(0, +))
    guard total > 0, comparisons > 0 else { return 0 }
    let collision = counts.reduce(0.0) { $0 + (Double($1) / total) * (Double($1) / total) }
    return collision > 0 ? -Double(comparisons) * ElementaryFunctions.log(min(collision, 1)) : 0
  }

  /// ln of the number of ways to choose some of many.
  static func logChoices(_ some: Int, of many: Int) -> Double {
    guard some > 0, some < many else { return 0 }
    return ElementaryFunctions.logGamma(Double(many + 1))
      - ElementaryFunctions.logGamma(Double(some + 1))
      - ElementaryFunctions.logGamma(Double(many - some + 1))
  }
}
