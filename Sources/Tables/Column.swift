// SPDX-License-Identifier: Apache-2.0

/// A named column: its values, which of them are missing and why, and how they are written.
public struct Column: Hashable, Sendable {
  /// The name, as the file spells it.
  public var name: String
  /// The values, one a row.
  public var values: ColumnValues
  /// Which cells are missing.
  public var missing: MissingCells
  /// How present values are written.
  public var form: WrittenForm

  /// Creates a column.
  ///
  /// - Precondition: `missing` has no codes, or one a row.
  public init(
    name: String, values: ColumnValues, missing: MissingCells = .none, form: WrittenForm = .text
  ) {
    precondition(
      missing.codes.isEmpty || missing.codes.count == values.count,
      "missing codes and values differ in length")
    self.name = name
    self.values = values
    self.missing = missing
    self.form = form
  }

  /// The number of rows.
  public var count: Int { values.count }
}
