// SPDX-License-Identifier: Apache-2.0

/// The coefficients of a regression with their covariances.
public struct RegressionFit: Hashable, Sendable {
  /// One coefficient a column of the design, then the thresholds if the model has some.
  ///
  /// 0 where a column depends on those before it.
  public var coefficients: [Double]
  /// Their covariances, row by row; 0 where a column is left out.
  public var covariance: [Double]
  /// Whether each coefficient is determined.
  public var isKept: [Bool]
  /// Whether the steps came to an end; where a column tells classes apart they never do.
  public var hasConverged: Bool

  /// Creates a fit.
  public init(
    coefficients: [Double], covariance: [Double], isKept: [Bool], hasConverged: Bool
  ) {
    self.coefficients = coefficients
    self.covariance = covariance
    self.isKept = isKept
    self.hasConverged = hasConverged
  }

  /// The standard error of a coefficient; `nil` where it is not determined.
  public func standardError(_ index: Int) -> Double? {
    guard isKept[index] else { return nil }
    let variance = covariance[index * coefficients.count + index]
    return variance >= 0 && variance.isFinite ? variance.squareRoot() : nil
  }
}

extension CholeskyFactor {
  /// The inverse of the factored matrix times a number, row by row; 0 where a column is left out.
  func inverse(times scale: Double = 1) -> [Double] {
    let size = isKept.count
    var inverse = [Double](repeating: 0, count: size * size)
    for column in 0..<size where isKept[column] {
      var unit = [Double](repeating: 0, count: size)
      unit[column] = 1
      for (row, value) in solve(unit).enumerated() { inverse[row * size + column] = value * scale }
    }
    return inverse
  }
}
