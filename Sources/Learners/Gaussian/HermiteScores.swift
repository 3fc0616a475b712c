// SPDX-License-Identifier: Apache-2.0
import Numerics

/// A variable seen as a standard normal that thresholds cut into ordered bins.
///
/// Each bin has a normal score, the mean of the normal inside it. The score, as a function of the normal, is
/// held as the first coefficients of its expansion in orthonormal Hermite polynomials, by which the
/// covariance of two such scores follows from the correlation of the normals (Mehler's formula):
///
///     cov(s(X), t(Y)) = Σ over k ≥ 1 of sₖ tₖ ρᵏ
///
/// ## Source
/// Kendall and Stuart, "The Advanced Theory of Statistics" 1, 6.14 and 15.28 (the tetrachoric series);
/// Olsson, "Maximum likelihood estimation of the polychoric correlation coefficient", Psychometrika 44
/// (1979), for thresholds from margins first.
public struct HermiteScores: Hashable, Sendable {
  /// How many coefficients are kept.
  public static let termCount = 128
  /// Correlations stay within this.
  public static let greatestCorrelation = 0.9999

  /// The thresholds between bins, ascending; one fewer than there are bins.
  public let thresholds: [Double]
  /// The normal score of each bin; their mean over the rows is 0.
  public let scores: [Double]
  private let coefficients: [Double]

  /// Creates scores.
  ///
  /// - Parameter weights: The weight of each bin, in order; none negative, their sum positive.
  public init(weights: [Double]) {
    let total = weights.reduce(0, +)
    precondition(total > 0, "some bin has weight")
    var below = 0.0
    var thresholds: [Double] = []
    for weight in weights.dropLast() {
      below += weight
      thresholds.append(NormalDistribution.quantile(min(below / total, 1)))
    }
    // At each threshold, hₖ₋₁(t) φ(t), for all k.
    let edges = [[Double]](
      [[Double](repeating: 0, count: Self.termCount)] + thresholds.map(Self.edge)
        + [[Double](repeating: 0, count: Self.termCount)])
    var scores = [Double](repeating: 0, count: weights.count)
    var coefficients = [Double](repeating: 0, count: Self.termCount)
    for bin in weights.indices where weights[bin] > 0 {
      scores[bin] = (edges[bin][0] - edges[bin + 1][0]) * total / weights[bin]
      for k in 0..<Self.termCount {
        coefficients[k] +=
          scores[bin] * (edges[bin][k] - edges[bin + 1][k]) / Double(k + 1).squareRoot()
      }
    }
    self.thresholds = thresholds
    self.scores = scores
    self.coefficients = coefficients
  }

  private static func edge(_ t: Double) -> [Double] {
    guard t.isFinite else { return [Double](repeating: 0, count: termCount) }
    let density = 0.398_942_280_401_432_7 * ElementaryFunctions.exp(-0.5 * t * t)
    var list = [density]
    var (before, here) = (0.0, density)
    for k in 0..<termCount - 1 {
      let next =
        (t * here - Double(k).squareRoot() * before) / Double(k + 1).squareRoot()
      (before, here) = (here, next)
      list.append(next)
    }
    return list
  }

  /// The correlation of the normals behind two variables whose scores have a mean product.
  ///
  /// The covariance of the scores rises with the correlation, so that there is one; a product beyond what
  /// ±``greatestCorrelation`` gives is cut to it.
  public func correlation(with other: HermiteScores, meanProduct: Double) -> Double {
    let products = zip(coefficients, other.coefficients).map { $0 * $1 }
    func covariance(_ r: Double) -> (value: Double, slope: Double) {
      var (value, slope) = (0.0, 0.0)
      for k in products.indices.reversed() {
        value = value * r + products[k]
        slope = slope * r + products[k] * Double(k + 1)
      }
      return (value * r, slope)
    }
    var (low, high) = (-Self.greatestCorrelation, Self.greatestCorrelation)
    if covariance(high).value <= meanProduct { return high }
    if covariance(low).value >= meanProduct { return low }
    var r = 0.0
    for _ in 0..<60 {
      let (value, slope) = covariance(r)
      if value < meanProduct { low = r } else { high = r }
      let step = slope > 0 ? (meanProduct - value) / slope : .infinity
      let next = r + step
      // A step of Newton's, or half the interval where that leaves it.
      let new = next > low && next < high ? next : (low + high) / 2
      if (new - r).magnitude < 1e-13 { return new }
      r = new
    }
    return r
  }
}
