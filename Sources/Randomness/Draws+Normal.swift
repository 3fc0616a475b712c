// SPDX-License-Identifier: Apache-2.0

public import Numerics

extension Draws {
  /// A standard normal: the normal quantile of one uniform in (0, 1), hence one number a draw.
  ///
  /// Within ±8.3, as the uniform has 2⁵² values.
  @inlinable
  public static func normal(using generator: inout some RandomNumberGenerator) -> Double {
    NormalDistribution.quantile(openUniform(using: &generator))
  }

  /// A normal with this mean and standard deviation.
  ///
  /// - Precondition: the standard deviation is not negative.
  @inlinable
  public static func normal(
    mean: Double, standardDeviation: Double, using generator: inout some RandomNumberGenerator
  ) -> Double {
    precondition(standardDeviation >= 0, "the standard deviation is not negative")
    return mean + standardDeviation * normal(using: &generator)
  }

  /// An exponential with this rate, its mean 1/rate: −ln u of one uniform in (0, 1).
  ///
  /// - Precondition: rate > 0.
  @inlinable
  public static func exponential(
    rate: Double, using generator: inout some RandomNumberGenerator
  ) -> Double {
    precondition(rate > 0, "the rate is positive")
    return -ElementaryFunctions.log(openUniform(using: &generator)) / rate
  }
}
