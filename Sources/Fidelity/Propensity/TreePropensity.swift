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
    _ stack: StackedTables, _ coded: CodedRows, key: RandomKey, threads: Int,
    progress: ProgressHandler
  ) {
    let least = max(20, stack.count / 2000)
    let grower = GradientTreeGrower(
      coded,
      options: GradientTreeOptions(
        maximumLeafCount: 128, minimumLeafWeight: Double(least), ridge: 0, minimumGain: 1e-9))
    let c = stack.otherShare
    let rows = Array(Int32(0)..<Int32(stack.count))
    @Sendable func error(_ isOther: [Bool]) -> Double {
      let grown = grower.tree(
        rows: rows, derivatives: isOther.map { SIMD2($0 ? Float(c - 1) : Float(c), 1) })
      // Leaves hold the mean of t − c, so the error is the mean of their squares.
      return grown.leaves.reduce(0) { $0 + Double($1.range.count) * $1.value * $1.value }
        / Double(rows.count)
    }
    let errors = ChunkedWork(
      count: Self.permutationCount + 1, threads: threads, chunkSize: 1
    ).map(progress: progress, phase: "measuring trees") { range in
      range.map { number in
        guard number < Self.permutationCount else { return error(stack.isOther) }
        var stream = key.stream(path: ["fidelity", "permutation", String(number)]).stream(entity: 0)
        var isOther = stack.isOther
        Draws.shuffle(&isOther, using: &stream)
        return error(isOther) * (1 - c)
      }
    }
    self.error = errors[Self.permutationCount]
    let drawn = errors.dropLast()
    null = drawn.contains { $0 > 1e-8 } ? Array(drawn) : []
  }
}
