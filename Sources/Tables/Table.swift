// SPDX-License-Identifier: Apache-2.0

/// Named columns of equal length.
public struct Table: Hashable, Sendable {
  /// The name of the table within its data set; empty for a lone table.
  public var name: String
  /// The columns, in the order of the file.
  public private(set) var columns: [Column]
  /// The number of rows; kept apart so that a table without columns still has rows.
  public private(set) var rowCount: Int

  /// Creates a table.
  ///
  /// - Precondition: All columns have the same length.
  public init(name: String = "", columns: [Column], rowCount: Int? = nil) {
    let count = rowCount ?? columns.first?.count ?? 0
    precondition(columns.allSatisfy { $0.count == count }, "columns differ in length")
    self.name = name
    self.columns = columns
    self.rowCount = count
  }

  /// The number of columns.
  public var columnCount: Int { columns.count }

  /// The names of the columns, in order.
  public var columnNames: [String] { columns.map(\.name) }

  /// The first column of a name, or `nil`.
  public func column(named name: String) -> Column? { columns.first { $0.name == name } }
}
