// SPDX-License-Identifier: Apache-2.0
import Numerics

/// A promise of ρ-zero-concentrated differential privacy, and what it says in ε and δ.
///
/// For owners who publish margins with noise of their own: a count that one person changes by at most Δ
/// and that gets Gaussian noise of variance σ² keeps ρ = Δ²/(2σ²), and the ρ of all that is published add
/// up. Nothing in Semblance gives such a promise; these are conversions, and they hold only if the noise
/// is drawn as the promise demands.
///
/// ## Source
/// Bun and Steinke, "Concentrated differential privacy" (TCC 2016), proposition 1.3 for the simple form;
/// Canonne, Kamath and Steinke, "The discrete Gaussian for differential privacy" (2020,
/// arXiv 2004.00010), corollary 13 for the tight one.
public struct ZeroConcentratedPrivacy: Hashable, Sendable {
  /// The promise ρ; smaller is stronger.
  public let rho: Double

  /// Creates a promise.
  ///
  /// - Precondition: ρ ≥ 0 and finite.
  public init(rho: Double) {
    precondition(rho >= 0 && rho.isFinite, "ρ is a number, and not negative")
    self.rho = rho
  }

  /// The weakest promise that still keeps (ε, δ)-differential privacy.
  ///
  /// - Precondition: ε > 0 and 0 < δ < 1.
  public init(keeping epsilon: Double, delta: Double) {
    precondition(epsilon > 0 && epsilon.isFinite, "ε is positive")
    Self.check(delta)
    var (low, high) = (0.0, epsilon + 1)
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if ZeroConcentratedPrivacy(rho: middle).delta(at: epsilon) <= delta {
        low = middle
      } else {
        high = middle
      }
    }
    rho = low
  }

  /// All of several promises about the same people together.
  public static func + (first: Self, second: Self) -> Self {
    ZeroConcentratedPrivacy(rho: first.rho + second.rho)
  }

  /// The ε of the simple form, ρ + 2√(ρ ln(1/δ)); larger than need be.
  ///
  /// - Precondition: 0 < δ < 1.
  public func simpleEpsilon(delta: Double) -> Double {
    Self.check(delta)
    return rho + 2 * (-rho * ElementaryFunctions.log(delta)).squareRoot()
  }

  /// The least ε that is known to hold with δ.
  ///
  /// - Precondition: 0 < δ < 1.
  public func epsilon(delta: Double) -> Double {
    Self.check(delta)
    if rho == 0 { return 0 }
    var (low, high) = (0.0, simpleEpsilon(delta: delta))
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if self.delta(at: middle) <= delta { high = middle } else { low = middle }
    }
    return high
  }

  /// The δ that holds with ε: the least over α > 1 of
  /// exp((α − 1)(αρ − ε) + α ln(1 − 1/α)) / (α − 1).
  ///
  /// - Precondition: ε ≥ 0.
  public func delta(at epsilon: Double) -> Double {
    precondition(epsilon >= 0 && epsilon.isFinite, "ε is a number, and not negative")
    if rho == 0 { return 0 }
    // The logarithm is convex in α, and its slope is above 0 at the upper end.
    var (low, high) = (1.0, (epsilon + 1) / (2 * rho) + 2)
    for _ in 0..<200 {
      let alpha = (low + high) / 2
      guard alpha > low, alpha < high else { break }
      let slope = (2 * alpha - 1) * rho - epsilon + ElementaryFunctions.log(1 - 1 / alpha)
      if slope < 0 { low = alpha } else { high = alpha }
    }
    let alpha = high
    let logarithm =
      (alpha - 1) * (alpha * rho - epsilon) + alpha * ElementaryFunctions.log(1 - 1 / alpha)
      - ElementaryFunctions.log(alpha - 1)
    return min(1, ElementaryFunctions.exp(logarithm))
  }

  private static func check(_ delta: Double) {
    precondition(delta > 0 && delta < 1, "δ lies between 0 and 1")
  }
}
