// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Tables

extension Run {
  /// Puts typed cells, scenarios, variations and the design's levels into a column that was made.
  func adding(
    handmade column: Specification.Column, of table: Int, to made: Column
  ) throws(DataError) -> Column {
    let own = specification.tables[table]
    let last = firstRow + made.count
    guard own.handmade.count > firstRow, made.count > 0 else { return made }
    var given: [Int: GivenValue] = [:]
    func set(_ row: Int, _ value: GivenValue) {
      if row >= firstRow, row < last { given[row - firstRow] = value }
    }
    for (row, value) in column.given { set(row, value) }
    for (name, rows) in own.handmade.scenarios where rows.upperBound > firstRow {
      guard let maker = column.scenarios[name] else { continue }
      var other = column
      other.maker = maker
      let values = try values(
        other, table, key: key.stream(table: own.name, path: [column.name, "scenario", name]))
      for row in rows.clamped(to: firstRow..<last) {
        set(row, GivenValue(values, row: row - firstRow).fitting(made.values))
      }
    }
    if !own.handmade.variations.isEmpty {
      let choice = key.stream(table: own.name, path: ["vary"])
      let keep = key.stream(table: own.name, path: [column.name, "vary"])
      for row in own.handmade.variations.clamped(to: firstRow..<max(firstRow, last)) {
        var draws = choice.stream(entity: UInt64(row))
        let like = Draws.integer(below: own.handmade.typedCount, using: &draws)
        if let value = column.given[like],
          keep.uniforms(entity: UInt64(row), draw: 0).0 < own.handmade.likeness
        {
          set(row, value)
        }
      }
    }
    var result = made
    GivenValue.put(given, into: &result)
    return result
  }
}

extension GivenValue {
  /// The same value as the storage takes it.
  fileprivate func fitting(_ values: ColumnValues) -> GivenValue {
    switch (self, values) {
    case (.whole(let value), .numbers): .number(Double(value))
    default: self
    }
  }
}
