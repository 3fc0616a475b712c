// SPDX-License-Identifier: Apache-2.0

/// What a limit in `within` bounds.
public enum LimitMeasure: String, Hashable, Sendable, CaseIterable {
  /// Kolmogorov–Smirnov distance, 0...1.
  case ks
  /// Total variation distance, 0...1.
  case tv
  /// Wasserstein distance, in the unit of the variable.
  case wasserstein
  /// Difference of the means, in the unit of the variable.
  case mean
  /// Difference of the standard deviations, in the unit of the variable.
  case sd
  /// Largest difference of the 5 %, 25 %, 50 %, 75 % and 95 % quantiles, in the unit of the variable.
  case quantile
  /// Difference of the shares of missing cells, 0...1.
  case missingness
  /// Largest difference of correlations, 0...2.
  case correlation
  /// Largest difference of Cramér's V, 0...1.
  case cramersV = "cramers-v"
  /// Standardised propensity mean squared error of the cross table; 1 is what chance gives.
  case spmse

  /// The measures of a clause on one variable.
  public static let ofVariable: [LimitMeasure] = [
    .ks, .tv, .wasserstein, .mean, .sd, .quantile, .missingness,
  ]
  /// The measures of a clause on several variables.
  public static let ofRelationship: [LimitMeasure] = [.tv, .correlation, .cramersV, .spmse]
}
