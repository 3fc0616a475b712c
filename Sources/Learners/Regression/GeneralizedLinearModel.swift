// SPDX-License-Identifier: Apache-2.0
import Numerics

/// A generalised linear model with its canonical link, fitted by Newton's steps.
///
/// ## Source
/// McCullagh and Nelder, "Generalized Linear Models", 2nd edition (1989), section 2.5.
public struct GeneralizedLinearModel: Sendable {
  /// What is assumed of the response.
  public enum Family: Hashable, Sendable {
    /// Least squares; the variance is estimated with the residual degrees of freedom.
    case gaussian
    /// Zeros and ones, with the logit link.
    case binomial
    /// Counts, with the logarithmic link.
    case poisson
  }

  /// Coefficients and covariances, one a column of the design.
  public let fit: RegressionFit

  private static let maximumStepCount = 50

  /// Fits a model; `nil` if there are no more rows than coefficients.
  ///
  /// - Parameters:
  ///   - design: The columns that explain.
  ///   - response: The response of each row.
  ///   - family: What is assumed of it.
  ///   - ridge: For each column λ, where λ β²/2 is taken from the log-likelihood (of unit variance, for
  ///     least squares): that of scikit-learn's `Ridge` with α = λ; `nil` for none. Covariances are then
  ///     those of the posterior under normal priors.
  ///   - weights: How much each row counts, 0 or more; `nil` for 1. Covariances are then those of rows
  ///     whose variance is one over their weight, and not those of a survey: see ``SurveyCovariance``.
  /// - Precondition: One response a row, and one weight if there are any.
  public init?(
    _ design: SparseDesign, response: [Double], family: Family, ridge: [Double]? = nil,
    weights: [Double]? = nil
  ) {
    precondition(response.count == design.rowCount, "one response a row")
    precondition(weights.map { $0.count == design.rowCount } ?? true, "one weight a row")
    let scaled = ScaledDesign(design)
    let size = scaled.columnCount
    guard scaled.rowCount > size, size > 0 else { return nil }
    let penalties = ridge.map(scaled.penalties)
    var beta = [Double](repeating: 0, count: size)
    var factor: CholeskyFactor?
    var hasConverged = false
    var best = -Double.infinity
    for _ in 0..<Self.maximumStepCount {
      var state = Self.accumulate(scaled, response, family, beta, weights)
      penalties?.apply(beta, &state.information, &state.gradient, size)
      state.likelihood -= penalties?.loss(beta) ?? 0
      let decomposed = CholeskyFactor(state.information, size: size)
      factor = decomposed
      var step = decomposed.solve(state.gradient)
      best = state.likelihood
      // A step that goes too far is halved; with a concave likelihood some part of it does not.
      var next = zip(beta, step).map { $0 + $1 }
      var halvings = 0
      while family != .gaussian, halvings < 30,
        !(Self.likelihood(scaled, response, family, next, weights) - (penalties?.loss(next) ?? 0)
          >= best - 1e-9 * best.magnitude)
      {
        step = step.map { $0 / 2 }
        next = zip(beta, step).map { $0 + $1 }
        halvings += 1
      }
      let size = zip(step, next).reduce(0.0) { max($0, $1.0.magnitude / max(1, $1.1.magnitude)) }
      beta = next
      if size < 1e-10 {
        hasConverged = true
        break
      }
    }
    guard let factor, beta.allSatisfy(\.isFinite) else { return nil }
    let dispersion =
      family == .gaussian
      ? Self.residualSquares(scaled, response, beta, weights)
        / Double(scaled.rowCount - factor.rank) : 1
    fit = scaled.unscaled(
      beta, covariance: factor.inverse(times: dispersion), isKept: factor.isKept,
      hasConverged: hasConverged)
  }

  private struct State {
    var information: [Double]
    var gradient: [Double]
    var likelihood: Double
  }

  /// The mean, the weight and the log-likelihood of a row.
  static func row(
    _ linear: Double, _ y: Double, _ family: Family
  ) -> (mean: Double, weight: Double, likelihood: Double) {
    switch family {
    case .gaussian: return (linear, 1, -(y - linear) * (y - linear) / 2)
    case .binomial:
      let odds = min(700, max(-700, linear))
      let mean = 1 / (1 + ElementaryFunctions.exp(-odds))
      let soft =
        max(odds, 0) + ElementaryFunctions.log(1 + ElementaryFunctions.exp(-odds.magnitude))
      return (mean, max(mean * (1 - mean), 1e-12), y * odds - soft)
    case .poisson:
      let mean = ElementaryFunctions.exp(min(700, linear))
      return (mean, max(mean, 1e-12), y * linear - mean)
    }
  }

  private static func accumulate(
    _ design: ScaledDesign, _ response: [Double], _ family: Family, _ beta: [Double],
    _ weights: [Double]?
  ) -> State {
    let size = design.columnCount
    var state = State(
      information: [Double](repeating: 0, count: size * size),
      gradient: [Double](repeating: 0, count: size), likelihood: 0)
    state.information.withUnsafeMutableBufferPointer { information in
      design.values.withUnsafeBufferPointer { values in
        for row in 0..<design.rowCount {
          let first = row * size
          let part = self.row(design.product(row, beta), response[row], family)
          let count = weights?[row] ?? 1
          state.likelihood += count * part.likelihood
          let residual = count * (response[row] - part.mean)
          for i in 0..<size where values[first + i] != 0 {
            state.gradient[i] += residual * values[first + i]
            let scaled = count * part.weight * values[first + i]
            for j in 0...i { information[i * size + j] += scaled * values[first + j] }
          }
        }
      }
    }
    return state
  }

  private static func likelihood(
    _ design: ScaledDesign, _ response: [Double], _ family: Family, _ beta: [Double],
    _ weights: [Double]?
  ) -> Double {
    (0..<design.rowCount).reduce(0) {
      $0
        + (weights?[$1] ?? 1)
        * row(design.product($1, beta), response[$1], family).likelihood
    }
  }

  private static func residualSquares(
    _ design: ScaledDesign, _ response: [Double], _ beta: [Double], _ weights: [Double]?
  ) -> Double {
    (0..<design.rowCount).reduce(0) {
      let residual = response[$1] - design.product($1, beta)
      return $0 + (weights?[$1] ?? 1) * residual * residual
    }
  }
}
