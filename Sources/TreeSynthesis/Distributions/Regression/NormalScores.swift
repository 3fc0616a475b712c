// SPDX-License-Identifier: Apache-2.0
import Numerics

/// What ordered bins are on the scale of a standard normal variable that is cut where they are.
struct NormalScores: Hashable, Sendable {
  /// The upper end of each bin but the last; ascending.
  private(set) var edges: [Double] = []
  /// The mean within each bin; 0 for one without weight.
  private(set) var means: [Double] = []
  /// The variance of the bins' means, at most 1.
  private(set) var variance = 0.0

  init(weights: [Double]) {
    let total = weights.reduce(0, +)
    guard total > 0 else {
      means = weights.map { _ in 0 }
      edges = weights.dropLast().map { _ in 0 }
      return
    }
    var sum = 0.0
    var below = 0.0
    for (bin, weight) in weights.enumerated() {
      sum += weight
      let share = min(1, sum / total)
      let edge = share <= 0 ? -40 : (share >= 1 ? 40 : NormalDistribution.quantile(share))
      let above = share <= 0 || share >= 1 ? 0 : Self.density(edge)
      means.append(weight > 0 ? (below - above) * total / weight : 0)
      variance += weight / total * means[bin] * means[bin]
      if bin < weights.count - 1 { edges.append(edge) }
      below = above
    }
    // A single bin has no spread but what rounding leaves.
    if variance < 1e-12 { variance = 0 }
  }

  private static func density(_ x: Double) -> Double {
    ElementaryFunctions.exp(-x * x / 2) / (2 * Double.pi).squareRoot()
  }
}
