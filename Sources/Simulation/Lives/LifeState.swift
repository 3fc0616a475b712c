// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Tables

/// Everybody at a moment: the columns, who belongs where, and the key of each row's draws.
struct LifeState: Sendable {
  var data: FormulaData
  var keys: [[UInt64]]

  /// The state before the first period; rows are in the order of their ids.
  ///
  /// - Throws: `DataError` if two rows have one id, or an id is missing.
  init(
    _ model: LifeModel, _ tables: [Tables.Table], keys: [[UInt64]]?, _ program: LifeProgram
  ) throws(DataError) {
    data = FormulaData(tables: [], parentRows: model.links.map { _ in [] })
    self.keys = []
    for (index, population) in model.populations.enumerated() {
      let table = tables[index]
      guard let id = table.column(named: population.idColumn) else { continue }
      let own = try Self.keys(of: id, table.name.isEmpty ? population.name : table.name)
      let order = own.indices.sorted { own[$0].sort < own[$1].sort }
      guard zip(order, order.dropFirst()).allSatisfy({ own[$0].sort != own[$1].sort }) else {
        throw DataError(
          "two rows have the same id", file: table.name.isEmpty ? population.name : table.name,
          column: id.name, remedy: "Give every row an id of its own.")
      }
      self.keys.append(order.map { keys?[index][$0] ?? own[$0].key })
      let scope = program.scope.tables[index]
      let columns = scope.columns.map { wanted in
        guard let column = table.column(named: wanted.name) else {
          return Tables.Column.absent(wanted.name, wanted.type, count: order.count)
        }
        return column.selecting(rows: order).converted(
          to: wanted.type, from: population.columns.first { $0.name == wanted.name }?.type)
      }
      data.tables.append(.init(columns: columns, count: order.count))
    }
    for link in model.links.indices { resolve(link, model) }
  }

  private static func keys(
    of column: Tables.Column, _ table: String
  ) throws(DataError) -> [(key: UInt64, sort: IDOrder)] {
    guard column.missing.isEmpty else {
      throw DataError(
        "an id is missing", file: table, column: column.name, remedy: "Give every row an id.")
    }
    var keys: [(key: UInt64, sort: IDOrder)] = []
    switch column.values {
    case .wholeNumbers(let list):
      keys = list.map { (UInt64(bitPattern: $0), IDOrder(number: $0)) }
    case .texts(let codes, let pool):
      let named = pool.texts.map { text in
        (RandomKey(seed: "").stream(table: "id", text).word, IDOrder(number: 0, text: text))
      }
      keys = codes.map { named[Int($0)] }
    default:
      throw DataError(
        "an id is neither a whole number nor a text", file: table, column: column.name,
        remedy: "Number the rows.")
    }
    return keys
  }

  /// Finds the row of the parent that a link's column names.
  mutating func resolve(_ link: Int, _ model: LifeModel) {
    let (child, parent) = (model.links[link].child, model.links[link].parent)
    guard
      let column = data.tables[child].columns.first(where: { $0.name == model.links[link].column }),
      let id = data.tables[parent].columns.first(where: {
        $0.name == model.populations[parent].idColumn
      })
    else { return }
    data.parentRows[link] = column.rows(in: id)
  }

  /// The data for some rows of a table alone; of its columns, only those that are read are right.
  func data(of rows: [Int], in table: Int, reading columns: Set<Int>, _ model: LifeModel)
    -> FormulaData
  {
    var part = data
    part.tables[table].count = rows.count
    for column in columns {
      part.tables[table].columns[column] = data.tables[table].columns[column].selecting(rows: rows)
    }
    var places: [Int32] = []
    for (index, link) in model.links.enumerated() where !data.parentRows[index].isEmpty {
      if link.child == table {
        part.parentRows[index] = rows.map { data.parentRows[index][$0] }
      } else if link.parent == table {
        if places.isEmpty {
          places = Array(repeating: -1, count: data.tables[table].count)
          for (place, row) in rows.enumerated() { places[row] = Int32(place) }
        }
        part.parentRows[index] = data.parentRows[index].map { $0 < 0 ? -1 : places[Int($0)] }
      }
    }
    return part
  }

  /// Takes rows out of a table; whoever belonged to them belongs nowhere.
  mutating func keep(_ rows: [Int], of table: Int, _ model: LifeModel) {
    var places = [Int32](repeating: -1, count: data.tables[table].count)
    for (place, row) in rows.enumerated() { places[row] = Int32(place) }
    data.tables[table].columns = data.tables[table].columns.map { $0.selecting(rows: rows) }
    data.tables[table].count = rows.count
    keys[table] = rows.map { keys[table][$0] }
    for (index, link) in model.links.enumerated() {
      if link.child == table {
        data.parentRows[index] = rows.map { data.parentRows[index][$0] }
      }
      if link.parent == table {
        data.parentRows[index] = data.parentRows[index].map { $0 < 0 ? -1 : places[Int($0)] }
      }
    }
  }

  /// Adds rows to a table; columns that are not given are missing.
  mutating func append(
    _ columns: [Int: Tables.Column], _ newKeys: [UInt64], to table: Int, _ program: LifeProgram
  ) {
    let count = newKeys.count
    for index in data.tables[table].columns.indices {
      let old = data.tables[table].columns[index]
      let new =
        columns[index]
        ?? Tables.Column.absent(
          old.name, program.scope.tables[table].columns[index].type, count: count)
      data.tables[table].columns[index] = Tables.Column.joined([old, new])
    }
    data.tables[table].count += count
    keys[table] += newKeys
  }
}

/// The order of ids: numbers by size, texts by their characters.
struct IDOrder: Comparable {
  var number: Int64
  var text = ""

  static func < (one: IDOrder, other: IDOrder) -> Bool {
    one.number != other.number
      ? one.number < other.number
      : one.text.unicodeScalars.lexicographicallyPrecedes(other.text.unicodeScalars)
  }
}
