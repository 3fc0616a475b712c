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
  /// Where all classes have one factor, by how much each multiplies it.
  private let shares: [Double]
  private let width: Int
  private let classCount: Int

  /// - Parameter factors: One a class, the first class's first; or, of two classes, one.
  init(factors: [CholeskyFactor], width: Int, classCount: Int) {
    self.factors = factors
    shares = []
    self.width = width
    self.classCount = classCount
  }

  /// - Parameters:
  ///   - factor: The factor of XᵀX, which all classes share.
  ///   - shares: The share of each class over all rows.
  init(factor: CholeskyFactor, shares: [Double], width: Int) {
    factors = [factor]
    self.shares = shares
    self.width = width
    classCount = shares.count
  }

  private func solve(_ index: Int, _ gradient: [Double]) -> [Double] {
    guard !shares.isEmpty else { return factors[index].solve(gradient) }
    return factors[0].solve(gradient).map { $0 / shares[index] }
  }

  /// The step that a gradient, column after column, asks for.
  func solve(_ gradient: [Double]) -> [Double] {
    let free = classCount - 1
    if factors.count == 1, shares.isEmpty { return factors[0].solve(gradient) }
    var result = [Double](repeating: 0, count: gradient.count)
    var first = [Double](repeating: 0, count: width)
    for index in 0..<free {
      let own = (0..<width).map { gradient[$0 * free + index] }
      for column in 0..<width { first[column] -= own[column] }
      for (column, step) in solve(index + 1, own).enumerated() {
        result[column * free + index] = step
      }
    }
    let base = solve(0, first)
    for place in result.indices { result[place] -= base[place / free] }
    return result
  }
}
