// SPDX-License-Identifier: Apache-2.0

/// What squares of coefficients take from a log-likelihood: Σ λ β²/2.
///
/// ## Source
/// Hoerl and Kennard, "Ridge regression", Technometrics 12 (1970) 55–67; le Cessie and van Houwelingen,
/// "Ridge estimators in logistic regression", Applied Statistics 41 (1992) 191–201.
struct RidgePenalties {
  /// λ of the first coefficients; others have none.
  let weights: [Double]

  func loss(_ beta: [Double]) -> Double {
    zip(weights, beta).reduce(0) { $0 + $1.0 * $1.1 * $1.1 } / 2
  }

  func apply(
    _ beta: [Double], _ information: inout [Double], _ gradient: inout [Double], _ size: Int
  ) {
    for (place, weight) in weights.enumerated() {
      information[place * size + place] += weight
      gradient[place] -= weight * beta[place]
    }
  }
}
