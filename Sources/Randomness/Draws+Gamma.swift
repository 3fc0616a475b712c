// SPDX-License-Identifier: Apache-2.0

public import Numerics

extension Draws {
  /// A gamma with this shape and scale, its mean shape · scale and its variance shape · scale².
  ///
  /// A shape so small that the draw is below the least number gives 0.
  ///
  /// ## Source
  /// Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000)
  /// 363–372, with u^(1/shape) times a gamma of shape + 1 for a shape below 1 (their section 6).
  ///
  /// - Precondition: shape > 0 and scale > 0, both finite.
  @inlinable
  public static func gamma(
    shape: Double, scale: Double = 1, using generator: inout some RandomNumberGenerator
  ) -> Double {
    precondition(scale > 0 && scale.isFinite, "the scale is positive")
    return ElementaryFunctions.exp(logGamma(shape: shape, using: &generator)) * scale
  }

  /// The logarithm of a gamma of scale 1, which stays finite where the gamma itself is too small.
  ///
  /// - Precondition: shape > 0, finite.
  @inlinable
  public static func logGamma(
    shape: Double, using generator: inout some RandomNumberGenerator
  ) -> Double {
    precondition(shape > 0 && shape.isFinite, "the shape is positive")
    guard shape < 1 else { return logGammaFromOne(shape: shape, using: &generator) }
    let log = logGammaFromOne(shape: shape + 1, using: &generator)
    return log + ElementaryFunctions.log(openUniform(using: &generator)) / shape
  }

  /// The logarithm of a gamma of a shape of at least 1.
  @inlinable
  static func logGammaFromOne(
    shape: Double, using generator: inout some RandomNumberGenerator
  ) -> Double {
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    for _ in 0..<refusalLimit {
      let x = normal(using: &generator)
      let u = openUniform(using: &generator)
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      let logV = ElementaryFunctions.log(v)
      if ElementaryFunctions.log(u) < 0.5 * x * x + d * (1 - v + logV) {
        return ElementaryFunctions.log(d) + logV
      }
    }
    return ElementaryFunctions.log(d)
  }

  /// A beta with these shapes, its mean first/(first + second); in [0, 1].
  ///
  /// From two gammas X and Y as X/(X + Y), taken in logarithms so that small shapes do not divide
  /// 0 by 0.
  ///
  /// - Precondition: both shapes are positive and finite.
  @inlinable
  public static func beta(
    _ first: Double, _ second: Double, using generator: inout some RandomNumberGenerator
  ) -> Double {
    let x = logGamma(shape: first, using: &generator)
    let y = logGamma(shape: second, using: &generator)
    // Both may be −∞ for shapes near the least number: then the larger shape's share decides.
    guard x.isFinite || y.isFinite else {
      return uniform(using: &generator) < first / (first + second) ? 1 : 0
    }
    return 1 / (1 + ElementaryFunctions.exp(y - x))
  }
}
