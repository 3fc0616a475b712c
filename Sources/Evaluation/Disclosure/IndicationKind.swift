// SPDX-License-Identifier: Apache-2.0

/// A way in which one synthetic row can indicate a real record.
public enum IndicationKind: String, Hashable, Sendable, Codable, CaseIterable {
  /// The row equals a real row that few rows equal.
  case match = "row equals a rare real row"
  /// The row lies within half an outlier's distance of a real outlier.
  case nearOutlier = "row lies near a real outlier"
  /// A cell equals a rare real value in the tails of a scale, or holds a rare level.
  case value = "cell equals a rare real value"
  /// A cell lies within 1 % of the range of a real extreme that few rows come near.
  case extreme = "cell lies near a rare real extreme"
  /// The declared keys are alone in both tables.
  case keys = "keys are those of one real record"
}
