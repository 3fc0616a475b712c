// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Tables

extension LifeRun {
  /// Lets children be born, each known by its parent, the period and its place among siblings.
  mutating func bear(_ birth: LifeProgram.Birth) throws(DataError) {
    let table = birth.table
    var rows = Array(0..<state.data.tables[table].count)
    var data = state.data
    if let of = birth.of {
      let truths = of.truths(data)
      rows = rows.filter { truths[$0] == true }
      data = state.data(of: rows, in: table, reading: birth.reads, model)
    }
    let parentKeys = rows.map { state.keys[table][$0] }
    let path = ["", "births", birth.name]
    var counts: [Int]
    if birth.when.type == .whole {
      let column = try make(birth.when, "", data, parentKeys, stream(table, path))
      guard case .wholeNumbers(let list) = column.values else { return }
      counts = list.indices.map {
        column.missing.isMissing(at: $0) ? 0 : Int(min(max(0, list[$0]), 1_000_000))
      }
    } else {
      counts = try truths(birth.when, data, parentKeys, table: table, stream: path).map {
        $0 ? 1 : 0
      }
    }
    let family = stream(table, ["", "key", birth.name])
    var parents: [Int32] = []
    var keys: [UInt64] = []
    for (place, count) in counts.enumerated() {
      for sibling in 0..<count {
        parents.append(Int32(rows[place]))
        keys.append(
          family.bits(
            entity: parentKeys[place], period: periodNumber, draw: UInt32(sibling)
          ).0)
      }
    }
    guard keys.count + state.data.tables[table].count <= LifeModel.rowLimit else {
      throw DataError(
        "a table has more than \(LifeModel.rowLimit) rows", file: model.file, line: 1, position: 1,
        remedy: "Let fewer be born.")
    }
    note(birth.name, table, keys.count)
    guard !keys.isEmpty else { return }
    var columns = try make(new: birth.columns, of: table, from: table, parents, keys)
    // A child lives where its parent does, unless it is set.
    for link in model.links where link.child == table && link.parent != table {
      guard let index = column(link.column, in: table), columns[index] == nil else { continue }
      columns[index] = state.data.tables[table].columns[index].selecting(
        rows: parents.map(Int.init))
    }
    append(columns, keys, to: table)
  }

  func column(_ name: String, in table: Int) -> Int? {
    state.data.tables[table].columns.firstIndex { $0.name == name }
  }

  /// Adds rows with ids that follow from their keys, and finds whom they belong to.
  mutating func append(_ columns: [Int: Tables.Column], _ keys: [UInt64], to table: Int) {
    var columns = columns
    if let id = column(model.populations[table].idColumn, in: table) {
      columns[id] = state.data.tables[table].columns[id].ids(of: keys)
    }
    state.append(columns, keys, to: table, program)
    for (link, declared) in model.links.enumerated()
    where declared.child == table || declared.parent == table { state.resolve(link, model) }
  }

  /// The columns of new rows, one after the other.
  func make(
    new columns: [(column: Int, maker: LifeProgram.Maker, stream: [String])], of table: Int,
    from source: Int, _ parents: [Int32], _ keys: [UInt64]
  ) throws(DataError) -> [Int: Tables.Column] {
    var data = state.data
    let new = data.tables.count
    data.tables.append(.init(columns: [], count: keys.count))
    data.parentRows.append(parents)
    for (index, link) in model.links.enumerated()
    where link.child == table && link.parent != table {
      data.parentRows.append(
        source == table
          ? parents.map { state.data.parentRows[index][Int($0)] }
          : Array(repeating: -1, count: keys.count))
    }
    var result: [Int: Tables.Column] = [:]
    for (column, maker, path) in columns {
      let scope = program.scope.tables[table].columns[column]
      let made = try make(maker, scope.name, data, keys, stream(table, path))
        .converted(to: scope.type, from: maker.type)
      result[column] = made
      data.tables[new].columns.append(made)
    }
    return result
  }
}

extension Column {
  /// New ids in the manner of this column's, one a key.
  func ids(of keys: [UInt64]) -> Column {
    var result = self
    result.missing = .none
    switch values {
    case .texts:
      let texts = keys.map { "n" + String($0 >> 11, radix: 36) }
      result.values = .texts(codes: keys.indices.map { UInt32($0) }, pool: TextPool(texts))
    default: result.values = .wholeNumbers(keys.map { Int64($0 >> 11) })
    }
    return result
  }
}
