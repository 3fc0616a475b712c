// SPDX-License-Identifier: Apache-2.0

/// What of a variable is to be faithful.
public enum FaithfulFeature: String, Hashable, Sendable, CaseIterable {
  /// The name, type and written form, and for levels that no level is new.
  case structure
  /// The distribution of the present values.
  case distribution
  /// Mean and standard deviation.
  case moments
  /// How many cells are missing.
  case missingness
}
