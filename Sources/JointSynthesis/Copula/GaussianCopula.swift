// SPDX-License-Identifier: Apache-2.0
import Learners
import Synthesis

/// Normals of a correlation matrix behind the bins of all variables, whose margins are those of the table.
///
/// A variable has one normal behind its bins of present values, where there are two or more, and one behind
/// whether and why it is missing, where that differs between rows.
struct GaussianCopula: Hashable, Sendable {
  /// The margins of the variables.
  let margins: [Margin]
  /// The correlations below the diagonal, row by row.
  let correlations: [Double]
  /// For each normal the fewest rows that a correlation of it rests on.
  let supports: [Double]
  /// Whether correlations that were found pair by pair had to be changed to fit together.
  let isRepaired: Bool
  /// The normals behind each variable.
  let places: [Places]

  /// How often each bin of a variable occurs.
  struct Margin: Hashable, Sendable {
    /// The weight of each missing reason.
    var missing: [Double]
    /// The weight of each bin of present values.
    var present: [Double]
    /// The bins of present values in their order on the normal; empty where it is their own.
    var order: [UInt8] = []
    /// The weights to draw bins by where levels are balanced, missing reasons first; else empty.
    var aims: [Double] = []

    /// The weight of all present values.
    var presentWeight: Double { present.reduce(0, +) }

    /// Present or missing, as bins of a normal: present first, then each reason.
    var missingBins: LatentBins? {
      let weights = [presentWeight] + missing
      return weights.count { $0 > 0 } > 1 ? LatentBins(weights: weights) : nil
    }

    /// The bins of present values on their normal.
    var presentBins: LatentBins? {
      guard present.count(where: { $0 > 0 }) > 1 else { return nil }
      return LatentBins(weights: order.isEmpty ? present : order.map { present[Int($0)] })
    }
  }

  /// Which normals stand behind a variable.
  struct Places: Hashable, Sendable {
    /// The one behind whether it is missing.
    var missing: Int?
    /// The one behind its present values.
    var present: Int?
  }

  /// Creates a copula; `nil` if the correlations are none.
  init?(margins: [Margin], correlations: [Double], supports: [Double], isRepaired: Bool) {
    places = Self.places(margins)
    let size = Self.size(margins)
    guard correlations.count == size * max(size - 1, 0) / 2, supports.count == size,
      correlations.allSatisfy({ $0.magnitude < 1 })
    else { return nil }
    self.margins = margins
    self.correlations = correlations
    self.supports = supports
    self.isRepaired = isRepaired
    guard factor.rank == size else { return nil }
  }

  /// The normals behind each variable, in order.
  static func places(_ margins: [Margin]) -> [Places] {
    var count = 0
    func next() -> Int {
      count += 1
      return count - 1
    }
    return margins.map { margin in
      Places(
        missing: margin.missingBins == nil ? nil : next(),
        present: margin.presentBins == nil ? nil : next())
    }
  }

  /// The number of normals.
  static func size(_ margins: [Margin]) -> Int {
    places(margins).reduce(0) { $0 + ($1.missing == nil ? 0 : 1) + ($1.present == nil ? 0 : 1) }
  }

  /// The correlation of two normals.
  func correlation(_ first: Int, _ second: Int) -> Double {
    if first == second { return 1 }
    let (row, column) = (max(first, second), min(first, second))
    return correlations[row * (row - 1) / 2 + column]
  }

  /// The factor of the correlation matrix.
  var factor: CholeskyFactor {
    let size = supports.count
    let matrix = (0..<size * size).map { correlation($0 / size, $0 % size) }
    return CholeskyFactor(matrix, size: size, tolerance: 1e-12)
  }
}
