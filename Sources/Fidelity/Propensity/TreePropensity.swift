// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Learners
import Randomness
import Tables

/// The propensity error of a classification tree, beside its null by permutation.
///
/// The null permutes which rows are synthetic and fits again. A permutation makes both tables random,
/// where a right synthesis has one, so its mean is taken times 1 − c (synthpop halves it, which is
/// right for c = ½). The error favours fine trees: compare it with its null only.
struct TreePropensity: Sendable {
  /// How often the null is drawn.
  static let permutationCount = 50

  let error: Double
  /// The null's errors; empty if its trees make no split.
  let null: [Double]

  init(
    _ stack: StackedTables, _ predictors: [TreePredictor], key: RandomKey, threads: Int,
    progress: ProgressHandler
  ) {
    let least = max(20, stack.count / 2000)
    let grower = GradientTreeGrower(
      predictors: predictors,
      options: GradientTreeOptions(
        maximumLeafCount: 128, minimumLeafWeight: Double(least), ridge: 0, minimumGain: 1e-9))
    let c = stack.otherShare
    @Sendable func error(_ isOther: [Bool]) -> Double {
      let rows = isOther.indices.map { Int32($0) }
      let tree = grower.tree(
        rows: rows, derivatives: isOther.map { SIMD2($0 ? Float(c - 1) : Float(c), 1) })
      // Leaves hold the mean of t − c, so the error is the mean of their squares.
      var values = [Double](repeating: 0, count: rows.count)
      tree.add(1, of: rows, predictors, to: &values)
      return values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    }
    self.error = error(stack.isOther)
    let errors = ChunkedWork(
      count: Self.permutationCount, threads: threads, chunkSize: 1
    ).map(progress: progress, phase: "measuring trees") { range in
      range.map { number in
        var stream = key.stream(path: ["fidelity", "permutation", String(number)]).stream(entity: 0)
        var isOther = stack.isOther
        Draws.shuffle(&isOther, using: &stream)
        return error(isOther) * (1 - c)
      }
    }
    null = errors.contains { $0 > 1e-8 } ? errors : []
  }
}
