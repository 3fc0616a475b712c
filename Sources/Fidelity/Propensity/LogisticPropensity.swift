// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Learners
import Numerics

/// What a logistic model makes of two stacked tables.
///
/// ## Source
/// pMSE = Σ (p̂ᵢ − c)²/N and its null, E = (k − 1) c (1 − c)²/N for k parameters: Snoke et al.,
/// "General and specific utility measures for synthetic data", JRSS A 181 (2018) 663–688. SPECKS:
/// Bowen and Snoke (2021). PO50 counts the right side of c, not of ½ as synthpop does, which is the
/// same where both tables have equally many rows.
struct LogisticPropensity: Sendable {
  let error: Double
  let freedom: Int
  let specks: Double
  let percentOver: Double
  let rankArea: Double
  let hasConverged: Bool
  private let c: Double
  private let count: Int

  /// Fits the model; `nil` if it would have too many columns.
  init?(_ stack: StackedTables) {
    guard let design = stack.design() else { return nil }
    let model = LogisticRegression(design, isPositive: stack.isOther)
    c = stack.otherShare
    count = stack.count
    hasConverged = model.hasConverged
    freedom = model.rank - 1
    var groups: [[Double]] = [[], []]
    var squares = 0.0
    var right = 0.0
    for row in 0..<count {
      // Differences of rounding tell no rows apart.
      let p = (model.probability(design, row: row) * 1e12).rounded() / 1e12
      squares += (p - c) * (p - c)
      groups[stack.isOther[row] ? 1 : 0].append(p)
      if (p - c).magnitude < 1e-11 {
        right += 0.5
      } else if (p > c) == stack.isOther[row] {
        right += 1
      }
    }
    error = squares / Double(count)
    percentOver = 100 * right / Double(count) - 50
    rankArea = AreaUnderCurve(first: groups[0], second: groups[1])?.value ?? 0.5
    specks =
      EmpiricalDistance.kolmogorovSmirnov(sorted: groups[0].sorted(), sorted: groups[1].sorted())
      ?? 0
  }

  /// The error that a right synthesis is expected to have.
  var expected: Double { Double(freedom) * c * (1 - c) * (1 - c) / Double(count) }

  /// The 95 % point of the ratio of the error to its expectation, chi-square over its freedom.
  var ratioLimit: Double {
    let k = 2 / (9 * Double(max(1, freedom)))
    let root = 1 - k + 1.644854 * k.squareRoot()
    return root * root * root
  }
}
