// SPDX-License-Identifier: Apache-2.0

extension Table {
  /// Returns the rows of some numbers, in their order; a number may come up more than once.
  public func selecting(rows: [Int]) -> Table {
    Table(
      name: name, columns: columns.map { $0.selecting(rows: rows) }, rowCount: rows.count)
  }
}

extension Column {
  /// Returns the cells of some rows, in their order.
  public func selecting(rows: [Int]) -> Column {
    var column = self
    switch values {
    case .numbers(let list): column.values = .numbers(rows.map { list[$0] })
    case .wholeNumbers(let list): column.values = .wholeNumbers(rows.map { list[$0] })
    case .texts(let codes, let pool):
      column.values = .texts(codes: rows.map { codes[$0] }, pool: pool)
    case .dates(let list): column.values = .dates(rows.map { list[$0] })
    case .times(let list): column.values = .times(rows.map { list[$0] })
    case .dateTimes(let list): column.values = .dateTimes(rows.map { list[$0] })
    case .booleans(let list): column.values = .booleans(rows.map { list[$0] })
    }
    if !missing.codes.isEmpty {
      column.missing = MissingCells(
        reasons: missing.reasons, codes: rows.map { missing.codes[$0] })
    }
    return column
  }
}
