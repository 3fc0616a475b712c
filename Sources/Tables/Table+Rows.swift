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
    // Asked once for all rows, and not again for each.
    let count = count
    var isInside = true
    for row in rows where row < 0 || row >= count { isInside = false }
    precondition(isInside, "a row is not in the column")
    func pick<Value>(_ list: [Value]) -> [Value] {
      [Value](unsafeUninitializedCapacity: rows.count) { room, filled in
        list.withUnsafeBufferPointer { list in
          rows.withUnsafeBufferPointer { rows in
            for place in rows.indices {
              room.initializeElement(at: place, to: list[rows[place]])
            }
          }
        }
        filled = rows.count
      }
    }
    switch values {
    case .numbers(let list): column.values = .numbers(pick(list))
    case .wholeNumbers(let list): column.values = .wholeNumbers(pick(list))
    case .texts(let codes, let pool): column.values = .texts(codes: pick(codes), pool: pool)
    case .dates(let list): column.values = .dates(pick(list))
    case .times(let list): column.values = .times(pick(list))
    case .dateTimes(let list): column.values = .dateTimes(pick(list))
    case .booleans(let list): column.values = .booleans(pick(list))
    }
    if !missing.codes.isEmpty {
      column.missing = MissingCells(reasons: missing.reasons, codes: pick(missing.codes))
    }
    return column
  }
}
