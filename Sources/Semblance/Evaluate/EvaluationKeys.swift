// SPDX-License-Identifier: Apache-2.0
import Randomness

/// The keys of what a run draws beside the released rows.
///
/// They are replications below zero of the run's seed, which no user can ask for, so measuring changes
/// no released row.
struct EvaluationKeys {
  private let seed: String

  init(seed: String) { self.seed = seed }

  /// Which rows are held out.
  var holdout: RandomKey { RandomKey(seed: seed, replication: -1) }
  /// Which rows form the first half.
  var halves: RandomKey { RandomKey(seed: seed, replication: -2) }
  /// What the measures draw.
  var measures: RandomKey { RandomKey(seed: seed, replication: -3) }
  /// The rows of a twin, 0 or 1.
  func twin(_ number: Int) -> RandomKey { RandomKey(seed: seed, replication: -4 - number) }
  /// What the checking of clauses draws.
  var clauses: RandomKey { RandomKey(seed: seed, replication: -6) }
  /// The rows of a shadow model.
  func shadow(_ run: Int) -> RandomKey { RandomKey(seed: seed, replication: -1000 - run) }
  /// The replication of the draws that the rate of a condition is estimated from.
  static let pilotReplication = -8
  /// The replication of the rows that rows to develop code with are chosen from.
  static let coveringReplication = -9
  /// The replications from here downwards are the rows that extrapolations start from.
  static let extrapolatedReplication = -100
  /// Which rows are fitted, where a budget does not suffice for all.
  var fitted: RandomKey { RandomKey(seed: seed, replication: -10) }
  /// Which rows are measured, where a budget does not suffice for all.
  var measured: RandomKey { RandomKey(seed: seed, replication: -11) }
  /// Rows of the same generator that are not the released ones.
  var others: RandomKey { RandomKey(seed: seed, replication: -7) }
}
