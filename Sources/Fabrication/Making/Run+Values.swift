// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Tables

extension Run {
  /// The values of a column for some rows.
  ///
  /// - Parameters:
  ///   - path: Names the draws.
  ///   - batch: The rows.
  ///   - data: The columns that formulas see, for these rows.
  func values(
    _ column: Specification.Column, _ table: Int, path: [String], _ batch: RowBatch,
    _ data: FormulaData
  ) throws(DataError) -> Column {
    let key = key.stream(table: specification.tables[table].name, path: path)
    switch column.maker {
    case .value(let formula): return formula.column(named: column.name, data)
    case .draw(let draw):
      if path.count == 1, let shares = shares(of: column, table, batch) {
        return try draw.column(
          named: column.name, data, at: shares, firstRow: batch.isConsecutive ? batch.firstRow : 0)
      }
      guard batch.isConsecutive else {
        return try draw.column(named: column.name, data, key: key, entities: batch.list)
      }
      return try draw.column(named: column.name, data, key: key, firstEntity: batch.firstRow)
    case .provider(let provider):
      var cells = CellBuffer(rowCount: batch.count)
      key.forEachStream(count: batch.count, entity: batch.entity) { _, stream in
        var draws = SmallDraws(stream)
        provider.append(&cells, &draws)
        cells.endCell()
      }
      return texts(column.name, batch.count, cells.pool())
    case .pattern(let sampler):
      return texts(column.name, batch.count) { place, bytes in
        var stream = key.stream(entity: batch.entity(place))
        sampler.append(to: &bytes, using: &stream)
      }
    case .permuted(let sampler, let count):
      guard batch.count == 0 || batch.row(batch.count - 1) < count else {
        throw DataError(
          "the pattern has only \(count) different texts", column: column.name,
          remedy: "Ask for fewer rows, or write a longer pattern.")
      }
      let order = Permutation(count: count, key: key)
      return texts(column.name, batch.count) { place, bytes in
        sampler.append(textAt: order.place(of: batch.row(place)), to: &bytes)
      }
    case .structure(let structure):
      return try self.structure(
        structure, named: column.name, table, path: path, batch, data)
    case .markov(let chain):
      return texts(column.name, batch.count) { place, bytes in
        var stream = key.stream(entity: batch.entity(place))
        chain.append(to: &bytes, using: &stream)
      }
    case .point(let points, let axis):
      return try self.points(points, axis: axis, named: column.name, table, batch, data)
    case .published(let variable): return publishedLevels(of: variable, column.name, table, batch)
    case .sequence(let start, let step):
      return wholes(column.name, (0..<batch.count).map { Int64(start + step * batch.row($0)) })
    case .numberWithin(let parent, let start, let step):
      return wholes(
        column.name, numbers(within: parent, of: table).map { Int64(start + step * $0) })
    }
  }

  /// Where rows lie in the law of a column that is drawn together with others; nil for one that is not.
  private func shares(
    of column: Specification.Column, _ table: Int, _ batch: RowBatch
  ) -> [Double]? {
    let own = specification.tables[table]
    for group in own.correlated {
      guard let member = group.columns.firstIndex(where: { own.columns[$0].name == column.name })
      else { continue }
      let keys = group.columns.map {
        key.stream(table: own.name, path: [own.columns[$0].name, "correlated"])
      }
      return group.shares(of: member, keys, batch)
    }
    return nil
  }

  private func publishedLevels(
    of variable: Int, _ name: String, _ table: Int, _ batch: RowBatch
  ) -> Column {
    let own = specification.tables[table]
    let draw = PublishedDraw(specification: specification, key: key)
    let rows = (0..<batch.count).map { batch.row($0) }
    let cells: [Int]
    if let members = own.published?.members {
      let place = own.parents.firstIndex { $0.table == members.parent && $0.each != nil } ?? 0
      // Who lives with whom takes the whole table.
      let all = draw.cells(
        of: table, members, parents: data.parentRows[own.firstLink + place],
        parentCount: data.tables[members.parent].count)
      cells = rows.map { all[$0 - firstRow] }
    } else {
      let count =
        specification.isLoneTable
        ? max(own.rowCount, rows.last.map { $0 + 1 } ?? 0, 1) : data.tables[table].count
      cells = draw.cells(of: table, rows: rows, count: count)
    }
    return draw.column(variable, named: name, of: table, cells: cells, rows: rows)
  }

  /// How many rows with the same parent come before each row.
  func numbers(within parent: Int, of table: Int) -> [Int] {
    var seen: [Int32: Int] = [:]
    return data.parentRows[specification.tables[table].firstLink + parent].map { row in
      let number = seen[row, default: 0]
      seen[row] = number + 1
      return number
    }
  }

  /// A text a row, each its own in the pool.
  func texts(_ name: String, _ count: Int, _ pool: TextPool) -> Column {
    Column(
      name: name,
      values: .texts(codes: Array(0..<UInt32(truncatingIfNeeded: count)), pool: pool))
  }

  /// A text a row, each written by a body.
  func texts(
    _ name: String, _ count: Int, _ body: (_ place: Int, _ bytes: inout [UInt8]) -> Void
  ) -> Column {
    var pool = TextPool()
    var bytes: [UInt8] = []
    for place in 0..<count {
      bytes.removeAll(keepingCapacity: true)
      body(place, &bytes)
      bytes.withUnsafeBufferPointer { pool.append(utf8: $0) }
    }
    return texts(name, count, pool)
  }

  private func wholes(_ name: String, _ values: [Int64]) -> Column {
    Column(name: name, values: .wholeNumbers(values), form: .number(NumberForm()))
  }
}
