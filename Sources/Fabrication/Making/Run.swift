// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Tables

/// A run on its way: the columns made so far.
struct Run {
  let specification: Specification
  let key: RandomKey
  let firstRow: Int
  /// The columns with full values, by their slots.
  var data: FormulaData
  private static let unmade = Column(name: "", values: .wholeNumbers([]))

  init(_ specification: Specification, key: RandomKey, firstRow: Int) {
    self.specification = specification
    self.key = key
    self.firstRow = firstRow
    let links = specification.tables.reduce(0) { $0 + $1.parents.count }
    data = FormulaData(
      tables: specification.tables.map {
        .init(columns: Array(repeating: Self.unmade, count: $0.columns.count), count: 0)
      }, parentRows: Array(repeating: [], count: links))
  }

  /// Sets the number of rows of a lone table.
  mutating func setCount(_ count: Int) { data.tables[0].count = count }

  mutating func perform(_ step: Specification.Step, scale: Double = 1) throws(DataError) {
    switch step {
    case .rows(let table): try layOut(table, scale: scale)
    case .column(let table, let place):
      let own = specification.tables[table]
      let rows = firstRow..<firstRow + data.tables[table].count
      data.tables[table].columns[own.columns[place].slot] = try made(
        place, of: table, RowBatch(rows), data)
    case .rules(let group): try hold(specification.groups[group])
    }
  }

  private mutating func layOut(_ table: Int, scale: Double) throws(DataError) {
    let layout = try RowLayout(specification, table: table, data, key: key, scale: scale)
    data.tables[table].count = layout.count
    let first = specification.tables[table].firstLink
    for (place, rows) in layout.parents.enumerated() { data.parentRows[first + place] = rows }
  }

  /// A column for some rows, with typed cells in their places and nothing taken out.
  ///
  /// - Parameters:
  ///   - batch: The rows.
  ///   - data: The columns that formulas see, for these rows.
  func made(
    _ place: Int, of table: Int, _ batch: RowBatch, _ data: FormulaData
  ) throws(DataError) -> Column {
    let column = specification.tables[table].columns[place]
    var made = try values(column, table, path: [column.name], batch, data)
    column.finish(&made)
    return try adding(handmade: column, of: table, to: made, batch, data)
  }

  func table(_ index: Int) -> Table {
    let own = specification.tables[index]
    let columns = own.columns.map { column -> Column in
      var made = data.tables[index].columns[column.slot]
      for (place, gap) in column.gaps.enumerated() {
        // The first one's stream has no number, so that a further reason changes nothing in it.
        let path = [column.name, "missing"] + (place == 0 ? [] : [String(place)])
        made.missing = missing(
          gap, made.missing, index, key: key.stream(table: own.name, path: path))
      }
      return made
    }
    return Table(name: own.name, columns: columns, rowCount: data.tables[index].count)
  }

  private func missing(
    _ gap: Specification.Gap, _ before: MissingCells, _ table: Int, key: StreamKey
  ) -> MissingCells {
    let fixed = max(0, specification.tables[table].handmade.fixedCount - firstRow)
    return gap.cells(
      before, RowBatch(firstRow..<firstRow + data.tables[table].count), data, key: key, after: fixed
    )
  }
}

extension Specification.Column {
  /// Rounds and cuts what was made: formulas further on see the value that is written.
  func finish(_ made: inout Column) {
    if let decimals, case .numbers(let list) = made.values {
      let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
      made.values = .numbers(list.map { ($0 * scale).rounded() / scale })
      made.form = .number(NumberForm(decimals: decimals, hasFixedDecimals: true))
    }
    if let longest, case .texts(let codes, let pool) = made.values {
      made.values = .texts(
        codes: codes, pool: TextPool(pool.texts.map { String($0.prefix(longest)) }))
    }
  }
}

extension Specification.Gap {
  /// The cells that are missing once this gap is made, but none of the first rows.
  func cells(
    _ before: MissingCells, _ batch: RowBatch, _ data: FormulaData, key: StreamKey,
    after fixed: Int = 0
  ) -> MissingCells {
    let truths = condition?.truths(data)
    var reasons = before.reasons
    let code: UInt8
    if let known = reasons.firstIndex(of: reason) {
      code = UInt8(known + 1)
    } else {
      guard reasons.count < 255 else { return before }
      reasons.append(reason)
      code = UInt8(reasons.count)
    }
    let count = batch.count
    var codes = before.codes.isEmpty ? [UInt8](repeating: 0, count: count) : before.codes
    for row in min(fixed, count)..<count where codes[row] == 0 {
      if let truths, truths[row] != true { continue }
      if key.uniforms(entity: batch.entity(row), draw: 0).0 < rate { codes[row] = code }
    }
    return MissingCells(reasons: reasons, codes: codes)
  }
}
