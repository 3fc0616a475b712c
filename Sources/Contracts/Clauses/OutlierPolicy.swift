// SPDX-License-Identifier: Apache-2.0

/// What is done with outliers.
public enum OutlierPolicy: String, Hashable, Sendable, CaseIterable {
  /// The tails are as heavy as the real ones.
  case keep
  /// Tails are drawn smoothly, so that no outlier of the real table comes back.
  case blur
  /// Nothing lies beyond the 1 % and 99 % quantiles of the real table.
  case suppress
}
