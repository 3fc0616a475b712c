// SPDX-License-Identifier: Apache-2.0
import Tables

extension Table {
  /// The table with the cells of some rows, in some columns, taken from another's rows in order.
  func replacing(rows: [Int], by other: Table, columns names: Set<String>) -> Table {
    guard !rows.isEmpty else { return self }
    let replaced = columns.map { column -> Column in
      guard names.contains(column.name), let new = other.column(named: column.name) else {
        return column
      }
      return column.replacing(rows: rows, by: new)
    }
    return Table(name: name, columns: replaced, rowCount: rowCount)
  }
}

extension Column {
  /// The column with the cells of some rows taken from another's cells in order.
  func replacing(rows: [Int], by other: Column) -> Column {
    var column = self
    func put<Value>(_ list: [Value], _ new: [Value]) -> [Value] {
      var list = list
      for (place, row) in rows.enumerated() { list[row] = new[place] }
      return list
    }
    switch (values, other.values) {
    case (.numbers(let a), .numbers(let b)): column.values = .numbers(put(a, b))
    case (.wholeNumbers(let a), .wholeNumbers(let b)): column.values = .wholeNumbers(put(a, b))
    case (.dates(let a), .dates(let b)): column.values = .dates(put(a, b))
    case (.times(let a), .times(let b)): column.values = .times(put(a, b))
    case (.dateTimes(let a), .dateTimes(let b)): column.values = .dateTimes(put(a, b))
    case (.booleans(let a), .booleans(let b)): column.values = .booleans(put(a, b))
    case (.texts(let a, let pool), .texts(let b, let newPool)):
      var pool = pool
      var numbers: [String: UInt32] = [:]
      for index in pool.indices { numbers[pool[index]] = UInt32(index) }
      let codes = b.map { code -> UInt32 in
        let text = newPool[Int(code)]
        if let number = numbers[text] { return number }
        pool.append(text)
        numbers[text] = UInt32(pool.count - 1)
        return UInt32(pool.count - 1)
      }
      column.values = .texts(codes: put(a, codes), pool: pool)
    default: return self
    }
    let all = missing.codes.isEmpty ? [UInt8](repeating: 0, count: count) : missing.codes
    // Reasons are counted from one, each column's by its own list.
    var reasons = missing.reasons
    let places = other.missing.reasons.map { reason -> UInt8 in
      if let place = reasons.firstIndex(where: { $0.code == reason.code }) {
        return UInt8(place + 1)
      }
      reasons.append(reason)
      return UInt8(reasons.count)
    }
    let new =
      other.missing.codes.isEmpty
      ? [UInt8](repeating: 0, count: rows.count)
      : other.missing.codes.map { $0 == 0 ? 0 : places[Int($0) - 1] }
    column.missing = MissingCells(reasons: reasons, codes: put(all, new))
    return column
  }
}
