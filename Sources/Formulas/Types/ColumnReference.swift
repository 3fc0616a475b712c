// SPDX-License-Identifier: Apache-2.0

/// A column that a formula names.
public struct ColumnReference: Hashable, Sendable {
  /// The index of its table in the scope.
  public let table: Int
  /// The index of the column in its table.
  public let column: Int
  /// Whether the formula takes the value of its own row, and of no parent's, child's or earlier row.
  public let isOwnRow: Bool

  /// Creates a reference.
  public init(table: Int, column: Int, isOwnRow: Bool) {
    self.table = table
    self.column = column
    self.isOwnRow = isOwnRow
  }
}

/// Collects the columns that a formula names while it is compiled.
final class ReferenceNotes {
  var references: Set<ColumnReference> = []
}
