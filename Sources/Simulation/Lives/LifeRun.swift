// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Tables

/// One run of a life model under one scenario.
struct LifeRun {
  /// What happened how often, period by period.
  struct Event: Sendable {
    var period: Int
    var table: Int
    var name: String
    var count: Int
  }

  /// The tables at the end of a period.
  struct Snapshot: Sendable {
    var period: Int
    var tables: [FormulaData.Rows]
    var keys: [[UInt64]]
  }

  let model: LifeModel
  let scenario: LifeModel.Scenario
  let key: RandomKey
  let unknown: [String: Double]
  private(set) var events: [Event] = []
  private(set) var snapshots: [Snapshot] = []
  var program = LifeProgram()
  var state: LifeState
  var period: Int

  init(
    _ model: LifeModel, _ scenario: LifeModel.Scenario, _ population: LifePopulation,
    _ key: RandomKey, unknown: [String: Double]
  ) throws(DataError) {
    (self.model, self.scenario, self.key, self.unknown) = (model, scenario, key, unknown)
    period = model.periods.range.lowerBound
    program = try LifeCompiler.program(model, scenario, period: period, unknown: unknown)
    state = try LifeState(model, population.tables, keys: population.keys, program)
  }

  /// Lets everybody live.
  ///
  /// - Throws: `DataError` if a draw's arguments are impossible, or there are too many rows.
  mutating func run() throws(DataError) {
    for step in program.start { try perform(step) }
    for period in model.periods.range {
      self.period = period
      if period > model.periods.range.lowerBound {
        program = try LifeCompiler.program(model, scenario, period: period, unknown: unknown)
      }
      for lag in program.lags.sorted(by: { $0.back > $1.back }) {
        let columns = state.data.tables[lag.table].columns
        var column = columns[lag.back == 1 ? lag.source : lag.column - 1]
        column.name = columns[lag.column].name
        state.data.tables[lag.table].columns[lag.column] = column
      }
      for step in program.steps { try perform(step) }
      snapshots.append(Snapshot(period: period, tables: state.data.tables, keys: state.keys))
    }
  }

  private mutating func perform(_ step: LifeProgram.Step) throws(DataError) {
    switch step {
    case .assign(let assignment): try assign(assignment)
    case .remove(let table, let condition, let stream, _):
      let chosen = try truths(
        condition, state.data, state.keys[table], table: table, stream: stream)
      let rows = chosen.indices.filter { !chosen[$0] }
      note("removed", table, chosen.count - rows.count)
      if rows.count < chosen.count { state.keep(rows, of: table, model) }
    case .births(let birth): try bear(birth)
    case .move(let move): try perform(move)
    case .pair(let pairing): pair(pairing)
    }
    for table in state.data.tables where table.count > LifeModel.rowLimit {
      throw DataError(
        "a table has more than \(LifeModel.rowLimit) rows", file: model.file, line: 1, position: 1,
        remedy: "Let fewer be born.")
    }
  }

  mutating func note(_ name: String, _ table: Int, _ count: Int) {
    events.append(Event(period: period, table: table, name: name, count: count))
  }

  var periodNumber: UInt32 { UInt32(truncatingIfNeeded: period) }

  func stream(_ table: Int, _ path: [String]) -> StreamKey {
    key.stream(table: model.populations[table].name, path: path)
  }

  // MARK: Values

  func make(
    _ maker: LifeProgram.Maker, _ name: String, _ data: FormulaData, _ keys: [UInt64],
    _ stream: StreamKey
  ) throws(DataError) -> Tables.Column {
    switch maker {
    case .value(let formula): formula.column(named: name, data)
    case .draw(let draw):
      try draw.column(named: name, data, key: stream, entities: keys, period: periodNumber)
    }
  }

  /// Whether a condition, or a draw, is true in each row; missing is not.
  func truths(
    _ maker: LifeProgram.Maker, _ data: FormulaData, _ keys: [UInt64], table: Int,
    stream path: [String]
  ) throws(DataError) -> [Bool] {
    switch maker {
    case .value(let formula): return formula.truths(data).map { $0 == true }
    case .draw:
      let column = try make(maker, "", data, keys, stream(table, path))
      guard case .booleans(let list) = column.values else { return list(false, keys.count) }
      return list.indices.map { list[$0] && !column.missing.isMissing(at: $0) }
    }
  }

  private func list(_ value: Bool, _ count: Int) -> [Bool] { Array(repeating: value, count: count) }

  private mutating func assign(_ assignment: LifeProgram.Assignment) throws(DataError) {
    let (table, index) = (assignment.table, assignment.column)
    let name = program.scope.tables[table].columns[index].name
    let type = program.scope.tables[table].columns[index].type
    var rows: [Int]?
    var data = state.data
    var keys = state.keys[table]
    if let only = assignment.only {
      let truths = only.truths(state.data)
      let chosen = truths.indices.filter { truths[$0] == true }
      if chosen.count < truths.count {
        rows = chosen
        data = state.data(of: chosen, in: table, reading: assignment.reads, model)
        keys = chosen.map { keys[$0] }
      }
    }
    let stream = stream(table, assignment.stream)
    var made =
      if let alignment = assignment.alignment {
        try aligned(alignment, name, data, keys, stream, at: assignment.place)
      } else {
        try make(assignment.maker, name, data, keys, stream)
      }
    // A column that is not read above is counted in whole rows here.
    made = made.converted(to: type, from: assignment.maker.type)
    if let decimals = assignment.decimals, case .numbers(let list) = made.values {
      let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
      made.values = .numbers(list.map { ($0 * scale).rounded() / scale })
      made.form = .number(NumberForm(decimals: decimals, hasFixedDecimals: true))
    }
    if let rows { made = state.data.tables[table].columns[index].replacing(rows, by: made) }
    state.data.tables[table].columns[index] = made
    for (link, declared) in model.links.enumerated()
    where declared.child == table && declared.column == name {
      state.resolve(link, model)
    }
  }
}
