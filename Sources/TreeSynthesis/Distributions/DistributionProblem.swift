// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
import Schemas
import Synthesis

/// What a ``BinDistribution`` is learned from.
struct DistributionProblem {
  /// The target's bins.
  var target: TreeTarget
  /// What they stand for.
  var layout: VariableLayout
  /// What the target's column means, where that is known.
  var variable: Variable?
  /// The predictors' bins.
  var predictors: [TreePredictor]
  /// What they stand for.
  var predictorLayouts: [VariableLayout]
  /// The rows to learn from; at least one.
  var rows: [Int32]
  /// The fewest rows that a group of rows may have of which something is held.
  var minimumCount: Int
  /// How trees grow.
  var trees: TreeOptions
  /// Draws that fitting needs; the same whatever the seed of a run.
  var stream: StreamKey
  /// How many threads may work on this variable alone.
  var threads = 1

  /// The target's rows of each bin.
  var counts: [Double] {
    var counts = [Double](repeating: 0, count: target.binCount)
    for row in rows { counts[Int(target.codes[Int(row)])] += 1 }
    return counts
  }
}
