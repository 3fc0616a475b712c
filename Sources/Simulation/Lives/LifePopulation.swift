// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables

/// Everybody at the start, one table after the other.
struct LifePopulation: Sendable {
  var tables: [Tables.Table]
  /// The key of each row; nil if ids give it.
  var keys: [[UInt64]]?

  /// Reads the population off the model, or lets formulas make it.
  init(_ model: LifeModel, _ key: RandomKey) throws(DataError) {
    guard let maker = model.maker else {
      tables = model.populations.compactMap(\.table)
      return
    }
    let world = try maker.world(key)
    keys = world.keys
    tables = maker.complete(world)
    for index in tables.indices {
      let id = model.populations[index].idColumn
      guard tables[index].column(named: id) == nil else { continue }
      let numbers = Column(
        name: id, values: .wholeNumbers((0..<tables[index].rowCount).map { Int64($0 + 1) }),
        form: .number(NumberForm()))
      tables[index] = Table(
        name: tables[index].name, columns: [numbers] + tables[index].columns,
        rowCount: tables[index].rowCount)
    }
  }
}
