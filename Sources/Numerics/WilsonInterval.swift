// SPDX-License-Identifier: Apache-2.0

/// Wilson's score interval of a proportion: its centre and half its width.
///
/// With k successes in n trials and the normal quantile z:
///
///     centre = (k + z²/2) / (n + z²)
///     half width = z / (n + z²) · √(k(n − k)/n + z²/4)
///
/// It stays in [0, 1] and keeps its coverage where k is 0 or n.
///
/// ## Source
/// Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
/// American Statistical Association 22 (1927) 209–212.
public struct WilsonInterval: Hashable, Sendable {
  /// The centre, a little nearer to one half than k/n.
  public let centre: Double
  /// Half the width.
  public let halfWidth: Double

  /// The quantile of a confidence of 95 %.
  public static let z95 = 1.959964

  /// The interval; nil unless there is a trial and 0 ≤ successes ≤ trials.
  ///
  /// - Precondition: z > 0.
  public init?(successes: Double, trials: Double, z: Double = z95) {
    precondition(z > 0, "the normal quantile is positive")
    guard trials > 0, successes >= 0, successes <= trials, trials.isFinite else { return nil }
    let square = z * z
    centre = (successes + square / 2) / (trials + square)
    halfWidth =
      z / (trials + square)
      * (successes * ((trials - successes) / trials) + square / 4).squareRoot()
  }

  /// The lower end, at least 0.
  public var lower: Double { max(0, centre - halfWidth) }
  /// The upper end, at most 1.
  public var upper: Double { min(1, centre + halfWidth) }
}
