// SPDX-License-Identifier: Apache-2.0

/// A way of making the values of a variable.
public enum PlanAction: Hashable, Sendable, Codable {
  /// Learned from the predictors.
  case learned
  /// The same value in every row.
  case constant
  /// Made anew in the pattern of the original; nothing is learned but the pattern.
  case regenerated
  /// Follows exactly from other variables by the relation found in the data.
  case derived(Relation)
  /// Made up from the kind of value alone; nothing of the variable is learned, not even its pattern.
  case replaced
}
