// SPDX-License-Identifier: Apache-2.0
import Formulas

/// The rows of a real table in which cells are replaced.
struct PartialRows {
  /// Whether each row is one.
  var isReplaced: [Bool]
  /// What they satisfy, and must satisfy with generated cells; `nil` for all rows.
  var rule: Rule?
}
