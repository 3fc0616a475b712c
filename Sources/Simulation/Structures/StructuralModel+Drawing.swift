// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Tables

extension StructuralModel {
  /// Makes every table; the columns named are set to a value, and everything else keeps its draws.
  func world(
    _ key: RandomKey, setting: [Place: CompiledFormula] = [:]
  ) throws(DataError) -> StructuralWorld {
    var world = StructuralWorld(
      data: FormulaData(
        tables: tables.map { table in
          .init(
            columns: table.columns.map { Tables.Column(name: $0.name, values: .numbers([])) },
            count: 0)
        },
        parentRows: scope.links.map { _ in [] }),
      keys: tables.map { _ in [] })
    var next = 0
    while next < steps.count {
      switch steps[next] {
      case .rows(let table): try makeRows(table, &world, key)
      case .column(let place):
        let places = self.places(from: next, of: place.table)
        if try makeChunks(places, &world, key, setting) {
          next += places.count
          continue
        }
        world.data.tables[place.table].columns[place.column] = try make(
          place, world.data, world.keys[place.table], period: 0, key, setting)
      case .panel(let table, let columns):
        try makePanel(table, columns, &world, key, setting)
      }
      next += 1
    }
    return world
  }

  private func makeRows(
    _ table: Int, _ world: inout StructuralWorld, _ key: RandomKey
  ) throws(DataError) {
    guard let parent = tables[table].parent,
      let link = scope.links.firstIndex(where: { $0.child == table })
    else {
      guard case .fixed(let count) = tables[table].size else { return }
      world.data.tables[table].count = count
      world.keys[table] = (0..<count).map { UInt64($0) }
      return
    }
    var counts: [Int] = []
    switch tables[table].size {
    case .fixed: break
    case .panel: counts = Array(repeating: 1, count: world.data.tables[parent].count)
    case .each(let maker):
      let made = try make(
        maker, "rows", world.data, world.keys[parent], period: 0,
        key.stream(table: tables[table].name, path: ["", "rows"]), table: parent, firstRow: 0)
      if case .wholeNumbers(let list) = made.values {
        counts = list.map { Int(min(max(0, $0), Int64(Self.rowLimit))) }
      }
    }
    let total = counts.reduce(0) { min($0 + $1, Self.rowLimit + 1) }
    let periods = tables[table].periods ?? 1
    guard total * periods <= Self.rowLimit else {
      throw DataError(
        "table `\(tables[table].name)` has more than \(Self.rowLimit) rows",
        remedy: "Ask for fewer rows.")
    }
    // A child is known by its parent and its place among the siblings.
    let family = key.stream(table: tables[table].name, path: ["", "key"])
    var parents: [Int32] = []
    var keys: [UInt64] = []
    for (row, count) in counts.enumerated() {
      for place in 0..<count {
        parents.append(Int32(row))
        let base = world.keys[parent][row]
        keys.append(
          tables[table].periods != nil
            ? base : family.bits(entity: base, draw: UInt32(truncatingIfNeeded: place)).0)
      }
    }
    world.data.tables[table].count = parents.count
    world.data.parentRows[link] = parents
    world.keys[table] = keys
  }

  /// The column at a place, over the rows that the data hold.
  private func make(
    _ place: Place, _ data: FormulaData, _ keys: [UInt64], period: UInt32, _ key: RandomKey,
    _ setting: [Place: CompiledFormula]
  ) throws(DataError) -> Tables.Column {
    try make(
      place, data, keys, period: period,
      key.stream(table: tables[place.table].name, column(place).name), setting, firstRow: 0)
  }

  private func make(
    _ place: Place, _ data: FormulaData, _ keys: [UInt64], period: UInt32, _ stream: StreamKey,
    _ setting: [Place: CompiledFormula], firstRow: Int
  ) throws(DataError) -> Tables.Column {
    let column = self.column(place)
    if let value = setting[place] { return value.column(named: column.name, data) }
    var made = try make(
      column.maker, column.name, data, keys, period: period, stream, table: place.table,
      firstRow: firstRow)
    if let decimals = column.decimals, case .numbers(let list) = made.values {
      // Formulas further on see the value that is written.
      let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
      made.values = .numbers(list.map { ($0 * scale).rounded() / scale })
      made.form = .number(NumberForm(decimals: decimals, hasFixedDecimals: true))
    }
    return made
  }

  /// How many rows are made at once: few enough to stay near the processor.
  private static let chunkSize = 8192

  /// The columns of one table that are made one after the other, from a step on.
  private func places(from first: Int, of table: Int) -> [Place] {
    var places: [Place] = []
    for step in steps[first...] {
      guard case .column(let place) = step, place.table == table else { break }
      places.append(place)
    }
    return places
  }

  /// Makes columns chunk of rows by chunk of rows, on several threads; false where that cannot be.
  ///
  /// Draws are keyed by row, so that the pieces are those of the whole.
  private func makeChunks(
    _ places: [Place], _ world: inout StructuralWorld, _ key: RandomKey,
    _ setting: [Place: CompiledFormula]
  ) throws(DataError) -> Bool {
    let table = places[0].table
    let keys = world.keys[table]
    guard keys.count >= 2 * Self.chunkSize, tables[table].periods == nil,
      !scope.links.contains(where: { $0.parent == table })
    else { return false }
    let count = (keys.count + Self.chunkSize - 1) / Self.chunkSize
    let whole = world.data
    let streams = places.map { key.stream(table: tables[table].name, column($0).name) }
    let results = ChunkedWork(count: count, threads: threads, chunkSize: 1).map {
      (range: Range<Int>) -> [Result<[Tables.Column], DataError>] in
      range.map { index in
        let rows = index * Self.chunkSize..<min(keys.count, (index + 1) * Self.chunkSize)
        var part = whole
        part.tables[table].count = rows.count
        part.tables[table].columns = part.tables[table].columns.map {
          $0.count < keys.count ? $0 : $0.selecting(rows: Array(rows))
        }
        for (link, declared) in scope.links.enumerated() where declared.child == table {
          part.parentRows[link] = Array(whole.parentRows[link][rows])
        }
        let own = Array(keys[rows])
        return Result { () throws(DataError) in
          var made: [Tables.Column] = []
          for (place, stream) in zip(places, streams) {
            let column = try make(
              place, part, own, period: 0, stream, setting, firstRow: rows.lowerBound)
            part.tables[table].columns[place.column] = column
            made.append(column)
          }
          return made
        }
      }
    }
    var parts: [[Tables.Column]] = []
    for result in results {
      // An error names its row: it is looked for again in the whole.
      guard case .success(let part) = result else { return false }
      parts.append(part)
    }
    for (index, place) in places.enumerated() {
      world.data.tables[table].columns[place.column] = Tables.Column.joined(
        parts.map { $0[index] })
    }
    return true
  }

  private func make(
    _ maker: Maker, _ name: String, _ data: FormulaData, _ keys: [UInt64], period: UInt32,
    _ key: StreamKey, table: Int, firstRow: Int
  ) throws(DataError) -> Tables.Column {
    let count = data.tables[table].count
    func wholes(_ list: [Int64]) -> Tables.Column {
      Tables.Column(name: name, values: .wholeNumbers(list), form: .number(NumberForm()))
    }
    switch maker {
    case .value(let formula): return formula.column(named: name, data)
    case .draw(let draw):
      return try draw.column(named: name, data, key: key, entities: keys, period: period)
    case .number: return wholes((0..<count).map { Int64(firstRow + $0 + 1) })
    case .parent:
      let link = scope.links.firstIndex { $0.child == table } ?? 0
      return wholes(data.parentRows[link].map { Int64($0) + 1 })
    case .period: return wholes(Array(repeating: Int64(period) + 1, count: count))
    }
  }

  /// Period by period, with as many periods before at hand as formulas ask for.
  private func makePanel(
    _ table: Int, _ columns: [Int], _ world: inout StructuralWorld, _ key: RandomKey,
    _ setting: [Place: CompiledFormula]
  ) throws(DataError) {
    guard let periods = tables[table].periods,
      let link = scope.links.firstIndex(where: { $0.child == table })
    else { return }
    let count = world.data.tables[table].count
    let parents = world.data.parentRows[link]
    let keys = world.keys[table]
    let depth = min(tables[table].lagDepth, periods)
    // Blocks of rows: this period's first, then those of the periods before.
    var past: [[Tables.Column]] = []
    var all: [[Tables.Column]] = []
    for period in 0..<periods {
      var data = world.data
      let blocks = past.count + 1
      data.tables[table].count = count * blocks
      data.parentRows[link] = Array(repeatElement(parents, count: blocks).joined())
      let manyKeys = Array(repeatElement(keys, count: blocks).joined())
      var current = tables[table].columns.map { Tables.Column(name: $0.name, values: .numbers([])) }
      for column in columns {
        let place = Place(table: table, column: column)
        let made = try make(
          place, data, manyKeys, period: UInt32(period), key, setting)
        current[column] = made.selecting(rows: Array(0..<count))
        data.tables[table].columns[column] = Tables.Column.joined(
          [current[column]] + past.map { $0[column] })
      }
      past = Array(([current] + past).prefix(depth))
      all.append(current)
    }
    for column in columns {
      world.data.tables[table].columns[column] = Tables.Column.joined(all.map { $0[column] })
    }
    world.data.tables[table].count = count * periods
    world.data.parentRows[link] = Array(repeatElement(parents, count: periods).joined())
    world.keys[table] = Array(repeatElement(keys, count: periods).joined())
  }
}
