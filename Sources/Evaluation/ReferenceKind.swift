// SPDX-License-Identifier: Apache-2.0

/// What stands in for fresh real rows when a reference value is computed.
public enum ReferenceKind: String, Hashable, Sendable, Codable {
  /// Rows drawn from the real table with replacement.
  case bootstrap
  /// A holdout the generator never saw.
  case holdout
  /// Two twins of the generator, each fitted on a random half and scored against the other half.
  case halves
}
