// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Tables

/// A run on its way: the columns made so far.
struct Run {
  let specification: Specification
  let key: RandomKey
  let firstRow: Int
  private var data: FormulaData
  /// Of each table, the columns with their gaps, by their place in the table.
  private var shown: [[Int: Column]]

  init(_ specification: Specification, key: RandomKey, firstRow: Int) {
    self.specification = specification
    self.key = key
    self.firstRow = firstRow
    data = FormulaData(tables: specification.tables.map { _ in .init(columns: [], count: 0) })
    shown = specification.tables.map { _ in [:] }
  }

  /// Sets the number of rows of a lone table.
  mutating func setCount(_ count: Int) { data.tables[0].count = count }

  mutating func layOut(_ table: Int, scale: Double) throws(DataError) {
    let layout = try RowLayout(specification, table: table, data, key: key, scale: scale)
    data.tables[table].count = layout.count
    data.parentRows += layout.parents
  }

  mutating func makeColumn(_ place: Int, of table: Int) throws(DataError) {
    let column = specification.tables[table].columns[place]
    let name = specification.tables[table].name
    var made = try values(
      column, table, key: key.stream(table: name, column.name))
    if let decimals = column.decimals, case .numbers(let list) = made.values {
      // Formulas further on see the value that is written.
      let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
      made.values = .numbers(list.map { ($0 * scale).rounded() / scale })
      made.form = .number(NumberForm(decimals: decimals, hasFixedDecimals: true))
    }
    if let longest = column.longest, case .texts(let codes, let pool) = made.values {
      made.values = .texts(
        codes: codes, pool: TextPool(pool.texts.map { String($0.prefix(longest)) }))
    }
    made = try adding(handmade: column, of: table, to: made)
    data.tables[table].columns.append(made)
    for (place, gap) in column.gaps.enumerated() {
      // The first one's stream has no number, so that a further reason changes nothing in it.
      let path = [column.name, "missing"] + (place == 0 ? [] : [String(place)])
      made.missing = missing(gap, made.missing, table, key: key.stream(table: name, path: path))
    }
    shown[table][place] = made
  }

  func table(_ index: Int) -> Table {
    let columns = specification.tables[index].columns.indices.compactMap { shown[index][$0] }
    return Table(
      name: specification.tables[index].name, columns: columns, rowCount: data.tables[index].count)
  }

  func values(
    _ column: Specification.Column, _ table: Int, key: StreamKey
  ) throws(DataError) -> Column {
    let rows = firstRow..<firstRow + data.tables[table].count
    switch column.maker {
    case .value(let formula): return formula.column(named: column.name, data)
    case .draw(let draw):
      return try draw.column(named: column.name, data, key: key, firstEntity: firstRow)
    case .provider(let provider):
      var cells = CellBuffer(rowCount: rows.count)
      for row in rows {
        var draws = SmallDraws(key.stream(entity: UInt64(row)))
        provider.append(&cells, &draws)
        cells.endCell()
      }
      return texts(column.name, rows.count, cells.pool())
    case .pattern(let sampler):
      var pool = TextPool()
      var bytes: [UInt8] = []
      for row in rows {
        var stream = key.stream(entity: UInt64(row))
        bytes.removeAll(keepingCapacity: true)
        sampler.append(to: &bytes, using: &stream)
        bytes.withUnsafeBufferPointer { pool.append(utf8: $0) }
      }
      return texts(column.name, rows.count, pool)
    case .permuted(let sampler, let count):
      guard rows.upperBound <= count else {
        throw DataError(
          "the pattern has only \(count) different texts", column: column.name,
          remedy: "Ask for fewer rows, or write a longer pattern.")
      }
      let order = Permutation(count: count, key: key)
      var pool = TextPool()
      var bytes: [UInt8] = []
      for row in rows {
        bytes.removeAll(keepingCapacity: true)
        sampler.append(textAt: order.place(of: row), to: &bytes)
        bytes.withUnsafeBufferPointer { pool.append(utf8: $0) }
      }
      return texts(column.name, rows.count, pool)
    case .published(let variable):
      return publishedLevels(of: variable, column.name, table, rows: rows)
    case .sequence(let start, let step):
      return wholes(column.name, rows.map { Int64(start + step * $0) })
    case .numberWithin(let parent, let start, let step):
      return wholes(
        column.name, numbers(within: parent, of: table).map { Int64(start + step * $0) })
    }
  }

  private func publishedLevels(
    of variable: Int, _ name: String, _ table: Int, rows: Range<Int>
  ) -> Column {
    let own = specification.tables[table]
    let draw = PublishedDraw(specification: specification, key: key)
    let cells: [Int]
    if let members = own.published?.members {
      let place = own.parents.firstIndex { $0.table == members.parent && $0.each != nil } ?? 0
      let parents = link(of: table, place).map { data.parentRows[$0] } ?? []
      cells = draw.cells(
        of: table, members, parents: parents, parentCount: data.tables[members.parent].count)
    } else {
      let count =
        specification.isLoneTable
        ? max(own.rowCount, rows.upperBound, 1) : data.tables[table].count
      cells = draw.cells(of: table, rows: rows, count: count)
    }
    return draw.column(variable, named: name, of: table, cells: cells, firstRow: rows.lowerBound)
  }

  /// How many rows with the same parent come before each row.
  private func numbers(within parent: Int, of table: Int) -> [Int] {
    guard let link = link(of: table, parent) else { return [] }
    var seen: [Int32: Int] = [:]
    return data.parentRows[link].map { row in
      let number = seen[row, default: 0]
      seen[row] = number + 1
      return number
    }
  }

  /// The place of a table's parent among all links, which are in the order of the steps.
  private func link(of table: Int, _ parent: Int) -> Int? {
    var first = 0
    for case .rows(let other) in specification.steps {
      if other == table { return first + parent }
      first += specification.tables[other].parents.count
    }
    return nil
  }

  /// A text a row, each its own in the pool.
  private func texts(_ name: String, _ count: Int, _ pool: TextPool) -> Column {
    Column(
      name: name,
      values: .texts(codes: Array(0..<UInt32(truncatingIfNeeded: count)), pool: pool))
  }

  private func wholes(_ name: String, _ values: [Int64]) -> Column {
    Column(name: name, values: .wholeNumbers(values), form: .number(NumberForm()))
  }

  private func missing(
    _ gap: Specification.Gap, _ before: MissingCells, _ table: Int, key: StreamKey
  ) -> MissingCells {
    let truths = gap.condition?.truths(data)
    var reasons = before.reasons
    let code: UInt8
    if let known = reasons.firstIndex(of: gap.reason) {
      code = UInt8(known + 1)
    } else {
      guard reasons.count < 255 else { return before }
      reasons.append(gap.reason)
      code = UInt8(reasons.count)
    }
    let count = data.tables[table].count
    var codes = before.codes.isEmpty ? [UInt8](repeating: 0, count: count) : before.codes
    let fixed = max(0, specification.tables[table].handmade.fixedCount - firstRow)
    for row in min(fixed, count)..<count where codes[row] == 0 {
      if let truths, truths[row] != true { continue }
      if key.uniforms(entity: UInt64(firstRow + row), draw: 0).0 < gap.rate { codes[row] = code }
    }
    return MissingCells(reasons: reasons, codes: codes)
  }
}
