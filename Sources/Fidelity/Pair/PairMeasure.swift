// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// Measures the relationship of two variables.
struct PairMeasure: Sendable {
  let columns: [PreparedColumn]
  let bootstrap: BootstrapRows?

  /// The measured pair, with the figures of which averages are made.
  struct Result: Sendable {
    var fidelity: PairFidelity
    var error: LanedScore
  }

  /// Measures a pair; `table` and `lanes` are scratch that a thread keeps for all its pairs.
  func result(_ first: Int, _ second: Int, counting: inout PairCounting) -> Result {
    if columns[first].isContinuous && columns[second].isContinuous {
      return correlation(first, second)
    }
    return contingency(first, second, &counting)
  }

  // MARK: Two scales

  private func correlation(_ first: Int, _ second: Int) -> Result {
    let a = columns[first]
    let b = columns[second]
    let values = a.aligned.sides.indices.map { side in
      PairCorrelation.value(a, b, side: side)
    }
    let error: LanedScore
    if let real = values[0] {
      if let synthetic = values[1] {
        let lanes = bootstrap.map {
          PairCorrelation.lanes(a, b, bootstrap: $0)
        }
        error = LanedScore(
          (real - synthetic).magnitude / 2,
          holdout: values.count > 2 ? values[2].map { ($0 - real).magnitude / 2 } : nil,
          lanes: lanes.map { ($0 - Float(real)).magnitudes * 0.5 } ?? Lanes(repeating: .nan))
      } else {
        error = LanedScore(
          notComputable: "the correlation is undefined in the synthetic table: a column is constant"
        )
      }
    } else {
      error = LanedScore(
        notComputable: "the correlation is undefined in the real table: a column is constant")
    }
    return Result(
      fidelity: PairFidelity(
        first: first, second: second, measure: "correlation", error: error.score,
        realStrength: values[0]?.magnitude, syntheticStrength: values[1]?.magnitude),
      error: error)
  }

  // MARK: A scale or none

  private func contingency(
    _ first: Int, _ second: Int, _ counting: inout PairCounting
  ) -> Result {
    let a = columns[first]
    let b = columns[second]
    counting.count(a, b, bootstrap: bootstrap)
    let error: LanedScore
    if counting.totals[0] == 0 || counting.totals[1] == 0 {
      error = LanedScore(notComputable: "a table has no rows")
    } else {
      error = LanedScore(
        counting.totalVariation(side: 1),
        holdout: counting.totals.count > 2 && counting.totals[2] > 0
          ? counting.totalVariation(side: 2) : nil,
        lanes: bootstrap.map { counting.totalVariationLanes(size: $0.size) }
          ?? Lanes(repeating: .nan))
    }
    return Result(
      fidelity: PairFidelity(
        first: first, second: second, measure: "contingency", error: error.score,
        realStrength: counting.cramersV(side: 0), syntheticStrength: counting.cramersV(side: 1)),
      error: error)
  }
}
