// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Tables

extension StructuralModel {
  /// The tables as they are collected: without hidden columns, with cells missing.
  func collected(_ world: StructuralWorld, _ key: RandomKey) throws(DataError) -> [Tables.Table] {
    var data = world.data
    for gap in gaps {
      var column = data.tables[gap.place.table].columns[gap.place.column]
      // Decided on what is complete, whatever else goes missing.
      column.missing = try missing(gap, world, column.missing, key)
      data.tables[gap.place.table].columns[gap.place.column] = column
    }
    return tables.indices.map { table in
      let shown = tables[table].columns.indices.filter { !tables[table].columns[$0].isHidden }
      return Tables.Table(
        name: tables[table].name, columns: shown.map { data.tables[table].columns[$0] },
        rowCount: data.tables[table].count)
    }
  }

  /// The tables with every column, and nothing taken out.
  func complete(_ world: StructuralWorld) -> [Tables.Table] {
    tables.indices.map { table in
      Tables.Table(
        name: tables[table].name, columns: world.data.tables[table].columns,
        rowCount: world.data.tables[table].count)
    }
  }

  private func missing(
    _ gap: Gap, _ world: StructuralWorld, _ before: MissingCells, _ key: RandomKey
  ) throws(DataError) -> MissingCells {
    let table = gap.place.table
    let stream = key.stream(
      table: tables[table].name, path: [column(gap.place).name, "missing"])
    let keys = world.keys[table]
    let block = keys.count / (tables[table].periods ?? 1)
    let reason = MissingReason(code: gap.code)
    var reasons = before.reasons
    if !reasons.contains(reason), reasons.count < 255 { reasons.append(reason) }
    let code = UInt8((reasons.firstIndex(of: reason) ?? 0) + 1)
    var codes = before.codes.isEmpty ? [UInt8](repeating: 0, count: keys.count) : before.codes
    for (row, probability) in gap.probability.numbers(world.data).enumerated() {
      guard let probability else { continue }
      guard probability >= 0, probability <= 1 else {
        throw gap.probability.expression.place.error(
          "the probability of `\(name(of: gap.place))` to be missing is outside 0 to 1 in row \(row + 1)",
          remedy: "Bound it, as with `invlogit(…)`.")
      }
      guard codes[row] == 0 else { continue }
      let period = UInt32(row / max(1, block))
      if stream.uniforms(entity: keys[row], period: period, draw: 0).0 < probability {
        codes[row] = code
      }
    }
    return MissingCells(reasons: reasons, codes: codes)
  }
}
