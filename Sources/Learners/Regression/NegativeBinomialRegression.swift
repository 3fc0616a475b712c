// SPDX-License-Identifier: Apache-2.0
import Numerics

/// Counts whose variance is μ + μ²/θ, with the logarithmic link.
///
/// Coefficients and θ are fitted in turn until neither moves.
///
/// ## Source
/// Lawless, "Negative binomial and mixed Poisson regression", Canadian Journal of Statistics 15 (1987)
/// 209–225; Venables and Ripley, "Modern Applied Statistics with S", 4th edition (2002), section 7.4, for
/// fitting in turn. Covariances are those of the expected information, θ taken as known.
public struct NegativeBinomialRegression: Sendable {
  /// Coefficients and covariances, one a column of the design.
  public let fit: RegressionFit
  /// θ: the smaller, the more the variance exceeds the mean.
  public let size: Double

  /// Above it, counts are as good as those of Poisson's law.
  public static let greatestSize = 1e6

  /// Fits a model; `nil` if there are no more rows than coefficients, or counts do not vary more than
  /// those of Poisson's law.
  public init?(_ design: SparseDesign, counts: [Double], ridge: [Double]? = nil) {
    guard
      let start = GeneralizedLinearModel(design, response: counts, family: .poisson, ridge: ridge)
    else { return nil }
    var fit = start.fit
    var theta = 1.0
    let scaled = ScaledDesign(design)
    for _ in 0..<200 {
      let means = Self.means(design, fit.coefficients)
      guard let next = Self.size(counts, means: means, start: theta) else { return nil }
      let change = (next - theta).magnitude / theta
      theta = next
      guard
        let refit = Self.coefficients(
          scaled, counts, theta, ridge.map(scaled.penalties), start: fit.coefficients)
      else { return nil }
      let move = zip(refit.coefficients, fit.coefficients).reduce(0.0) {
        max($0, ($1.0 - $1.1).magnitude / max(1, $1.1.magnitude))
      }
      fit = refit
      fit.hasConverged = change < 1e-9 && move < 1e-9
      if fit.hasConverged { break }
    }
    self.fit = fit
    size = theta
  }

  private static func means(_ design: SparseDesign, _ beta: [Double]) -> [Double] {
    (0..<design.rowCount).map {
      ElementaryFunctions.exp(min(700, max(-700, design.product($0, beta))))
    }
  }

  /// The θ of the highest likelihood given the means, by Newton's steps on its logarithm.
  private static func size(_ counts: [Double], means: [Double], start: Double) -> Double? {
    var log = ElementaryFunctions.log(start)
    for _ in 0..<100 {
      let theta = ElementaryFunctions.exp(log)
      guard theta < greatestSize else { return nil }
      var (score, slope) = (0.0, 0.0)
      let (digamma, trigamma) = (
        ElementaryFunctions.digamma(theta), ElementaryFunctions.trigamma(theta)
      )
      for (y, mean) in zip(counts, means) {
        let sum = theta + mean
        score +=
          ElementaryFunctions.digamma(theta + y) - digamma + ElementaryFunctions.log(theta / sum)
          + 1 - (theta + y) / sum
        slope +=
          ElementaryFunctions.trigamma(theta + y) - trigamma + 1 / theta - 2 / sum
          + (theta + y) / (sum * sum)
      }
      // By the logarithm: dl/dτ = θ l′, d²l/dτ² = θ l′ + θ² l″.
      let first = theta * score
      let second = first + theta * theta * slope
      let step = second < 0 ? -first / second : (first > 0 ? 1 : -1)
      log += min(max(step, -2), 2)
      if step.magnitude < 1e-11 { break }
    }
    let theta = ElementaryFunctions.exp(log)
    return theta > 1e-6 && theta < greatestSize ? theta : nil
  }

  private static func coefficients(
    _ design: ScaledDesign, _ counts: [Double], _ theta: Double, _ penalties: RidgePenalties?,
    start: [Double]
  ) -> RegressionFit? {
    let size = design.columnCount
    var beta = design.scaled(start)
    var factor: CholeskyFactor?
    for _ in 0..<50 {
      var information = [Double](repeating: 0, count: size * size)
      var gradient = [Double](repeating: 0, count: size)
      for row in 0..<design.rowCount {
        let mean = ElementaryFunctions.exp(min(700, max(-700, design.product(row, beta))))
        let share = theta / (theta + mean)
        let residual = (counts[row] - mean) * share
        let weight = max(mean * share, 1e-12)
        for i in 0..<size {
          let value = design.values[row * size + i]
          guard value != 0 else { continue }
          gradient[i] += residual * value
          for j in 0...i {
            information[i * size + j] += weight * value * design.values[row * size + j]
          }
        }
      }
      penalties?.apply(beta, &information, &gradient, size)
      let decomposed = CholeskyFactor(information, size: size)
      factor = decomposed
      let step = decomposed.solve(gradient)
      for place in 0..<size { beta[place] += min(max(step[place], -5), 5) }
      if step.allSatisfy({ $0.magnitude < 1e-10 }) { break }
    }
    guard let factor, beta.allSatisfy(\.isFinite) else { return nil }
    return design.unscaled(
      beta, covariance: factor.inverse(), isKept: factor.isKept, hasConverged: true)
  }
}
