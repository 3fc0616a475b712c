// SPDX-License-Identifier: Apache-2.0
import Tables

/// Gathers the cells of one column as values of one type, some rows at a time.
protocol CellCollector {
  /// Takes the cells of the next rows; `false` if one of them is no such value.
  mutating func consume(_ rows: Range<Int>) -> Bool

  /// The column and what was noticed, or `nil` if the cells as a whole are no such values.
  mutating func finish(name: String) -> (column: Column, diagnostics: [Diagnostic])?
}
