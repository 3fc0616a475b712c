// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Tables

extension Run {
  /// Puts typed cells, scenarios, variations and the design's levels into a column that was made.
  func adding(
    handmade column: Specification.Column, of table: Int, to made: Column, _ batch: RowBatch,
    _ data: FormulaData
  ) throws(DataError) -> Column {
    let own = specification.tables[table]
    let handmade = own.handmade
    guard handmade.count > 0, !batch.isConsecutive || handmade.count > batch.firstRow else {
      return made
    }
    var rows: [(place: Int, row: Int)] = []
    for place in 0..<batch.count {
      let row = batch.row(place)
      if row < handmade.count { rows.append((place, row)) } else if batch.isConsecutive { break }
    }
    guard !rows.isEmpty else { return made }
    var given: [Int: GivenValue] = [:]
    for (place, row) in rows {
      if let value = column.given[row] { given[place] = value }
    }
    for (name, scenario) in handmade.scenarios {
      guard let maker = column.scenarios[name],
        rows.contains(where: { scenario.contains($0.row) })
      else { continue }
      var other = column
      other.maker = maker
      let values = try values(
        other, table, path: [column.name, "scenario", name], batch, data)
      for (place, row) in rows where scenario.contains(row) {
        given[place] = GivenValue(values, row: place).fitting(made.values)
      }
    }
    if !handmade.variations.isEmpty {
      let keep = key.stream(table: own.name, path: [column.name, "vary"])
      for (place, row) in rows where handmade.variations.contains(row) {
        if let value = column.given[model(of: row, in: own)],
          keep.uniforms(entity: UInt64(row), draw: 0).0 < handmade.likeness
        {
          given[place] = value
        }
      }
    }
    var result = made
    GivenValue.put(given, into: &result)
    return result
  }

  /// The typed row around which a row varies; the same at each attempt.
  func model(of row: Int, in table: Specification.TableSpecification) -> Int {
    var draws = key.stream(table: table.name, path: ["vary"]).stream(entity: UInt64(row))
    return Draws.integer(below: table.handmade.typedCount, using: &draws)
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
