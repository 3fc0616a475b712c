// SPDX-License-Identifier: Apache-2.0

/// How the variance of a mean of synthetic estimates about the population is reckoned.
///
/// With n real and k synthetic rows, m tables, v the mean of the estimates' variances and b the variance
/// between them.
public enum CombiningRule: String, Hashable, Sendable, CaseIterable {
  /// All cells are generated, by parameters that are not drawn: v (k/n + 1/m).
  ///
  /// ## Source
  /// Raab, Nowok and Dibben, *Journal of Privacy and Confidentiality* 7(3) (2017).
  case simple
  /// All cells are generated, by parameters that are drawn anew for each table: v (k/n + (1 + k/n)/m).
  ///
  /// ## Source
  /// As above; Raghunathan, Reiter and Rubin, *Journal of Official Statistics* 19 (2003).
  case proper
  /// Some cells are generated: v + b/m, and with one table v alone, which is too little.
  ///
  /// ## Source
  /// Reiter, *Survey Methodology* 29 (2003).
  case partial

  /// The variance.
  ///
  /// - Parameters:
  ///   - within: v.
  ///   - estimates: The m estimates.
  ///   - ratio: k/n.
  public func variance(within: Double, estimates: [Double], ratio: Double) -> Double {
    let m = Double(estimates.count)
    switch self {
    case .simple: return within * (ratio + 1 / m)
    case .proper: return within * (ratio + (1 + ratio) / m)
    case .partial:
      guard m > 1 else { return within }
      let mean = estimates.reduce(0, +) / m
      let between = estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (m - 1)
      return within + between / m
    }
  }
}
