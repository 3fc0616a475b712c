// SPDX-License-Identifier: Apache-2.0
public import Tables

extension Schema {
  /// Returns a table in which the cells that hold a variable's missing codes are missing for that
  /// reason.
  public func markingMissing(in table: Table) -> Table {
    let byName = Dictionary(
      variables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let columns = table.columns.map { column in
      byName[column.name].map { Self.mark(column, $0.missingCodes) } ?? column
    }
    return Table(name: table.name, columns: columns, rowCount: table.rowCount)
  }

  private static func mark(_ column: Column, _ codes: [MissingReason]) -> Column {
    guard !codes.isEmpty else { return column }
    var marked = column
    var missing = column.missing
    if missing.codes.isEmpty { missing.codes = [UInt8](repeating: 0, count: column.count) }
    for code in codes where missing.reasons.count < 255 {
      let number = missing.reasons.firstIndex { $0.code == code.code } ?? missing.reasons.count
      if number == missing.reasons.count { missing.reasons.append(code) }
      for row in 0..<column.count
      where missing.codes[row] == 0 && holds(column.values, row, code.code) {
        missing.codes[row] = UInt8(number + 1)
      }
    }
    marked.missing = missing
    return marked
  }

  private static func holds(_ values: ColumnValues, _ row: Int, _ code: String) -> Bool {
    switch values {
    case .wholeNumbers(let list): Int64(code) == list[row]
    case .numbers(let list): Double(code) == list[row]
    case .texts(let codes, let pool): pool[Int(codes[row])] == code
    case .dates, .times, .dateTimes, .booleans: false
    }
  }
}
