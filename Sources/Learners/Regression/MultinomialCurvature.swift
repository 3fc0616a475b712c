// SPDX-License-Identifier: Apache-2.0
import Numerics

/// What stands for the information of a multinomial logit where its steps are chosen.
///
/// With a coefficient for each class, the first included, the information is that of each class alone,
/// Xᵀ diag(pₖ) X, less what binds the classes; where the shares p are the same in all rows, the inverse of
/// the first part solves the whole for gradients whose classes add up to 0, as they do. Differences from the
/// first class are then what is asked for. With two classes one factor of Xᵀ diag(p₀p₁) X is all of it.
struct MultinomialCurvature {
  /// The most entries of all factors together.
  static let mostEntries = 1 << 22

  private let factors: [CholeskyFactor]
  private let width: Int
  private let classCount: Int

  /// - Parameter factors: One a class, the first class's first; or, of two classes, one.
  init(factors: [CholeskyFactor], width: Int, classCount: Int) {
    self.factors = factors
    self.width = width
    self.classCount = classCount
  }

  /// The step that a gradient, column after column, asks for.
  func solve(_ gradient: [Double]) -> [Double] {
    let free = classCount - 1
    if factors.count == 1 { return factors[0].solve(gradient) }
    var result = [Double](repeating: 0, count: gradient.count)
    var first = [Double](repeating: 0, count: width)
    for index in 0..<free {
      let own = (0..<width).map { gradient[$0 * free + index] }
      for column in 0..<width { first[column] -= own[column] }
      for (column, step) in factors[index + 1].solve(own).enumerated() {
        result[column * free + index] = step
      }
    }
    let base = factors[0].solve(first)
    for place in result.indices { result[place] -= base[place / free] }
    return result
  }
}
