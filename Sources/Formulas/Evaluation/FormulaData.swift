// SPDX-License-Identifier: Apache-2.0
public import Tables

/// The values behind a ``FormulaScope``: tables and links in the same order.
public struct FormulaData: Sendable {
  /// The rows of one table.
  public struct Rows: Sendable {
    /// The columns in the order of the scope; later ones may be absent.
    public var columns: [Column]
    /// The number of rows.
    public var count: Int

    /// Creates rows.
    public init(columns: [Column], count: Int) {
      self.columns = columns
      self.count = count
    }
  }

  /// The rows of each table.
  public var tables: [Rows]
  /// For each link, the parent's row of each row of the child; −1 where it has none.
  public var parentRows: [[Int32]]

  /// Creates data.
  public init(tables: [Rows], parentRows: [[Int32]] = []) {
    self.tables = tables
    self.parentRows = parentRows
  }

  /// The data of a lone table.
  public init(_ table: Table) {
    self.init(tables: [Rows(columns: table.columns, count: table.rowCount)])
  }
}

/// The rows for which an expression is being evaluated.
struct Frame: Sendable {
  let data: FormulaData
  let scope: FormulaScope
  let table: Int

  var rowCount: Int { data.tables[table].count }

  func of(_ table: Int) -> Frame { Frame(data: data, scope: scope, table: table) }

  func column(_ index: Int) -> ValueVector {
    let columns = data.tables[table].columns
    precondition(index < columns.count, "the formula names a column that is not there yet")
    return ValueVector(columns[index], type: scope.tables[table].columns[index].type)
  }
}
