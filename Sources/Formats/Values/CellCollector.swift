// SPDX-License-Identifier: Apache-2.0
import Tables

/// Gathers the cells of one column as values of one type, some rows at a time.
protocol CellCollector {
  /// Takes the cells of the next rows; `false` if one of them is no such value.
  mutating func consume(_ rows: Range<Int>) -> Bool

  /// What the cells have shown, with those of the rows before.
  var evidence: CellEvidence { get }

  /// The values and which of them are missing, whatever the cells as a whole have shown.
  mutating func content() -> (values: ColumnValues, missing: MissingCells)
}
