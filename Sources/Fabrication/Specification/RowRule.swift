// SPDX-License-Identifier: Apache-2.0
import Formulas

/// A condition that each row of a table keeps, or breaks where it was asked to.
struct RowRule: Sendable {
  /// How messages and scenarios call it: its name, or its text where it has none.
  var name: String
  var condition: CompiledFormula
  var place: SourcePlace
}

/// Rules of a table that share columns, and what is drawn again until a row keeps all of them.
struct RuleGroup: Sendable {
  var table: Int
  var rules: [RowRule]
  /// The places of the columns that are made again, in the order in which they are made.
  var columns: [Int]
  /// The slots of other columns of the same row that are needed for it.
  var inputs: [Int] = []
  /// Whether a formula adds up the rows below.
  var looksBelow = false
}
