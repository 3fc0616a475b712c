// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
public import Tables

extension LifeModel {
  private typealias Finished = [LifeRun]

  /// Runs every scenario with every replication, on the same draws.
  ///
  /// Threads change nothing. A replication keeps its draws under every scenario and every guess of what
  /// is not known.
  ///
  /// - Throws: `DataError` if a draw's arguments or a share are impossible, or there are too many rows.
  public func run(seed: String, threads: Int) throws(DataError) -> SimulatedOutcome {
    let population = try LifePopulation(self, RandomKey(seed: seed))
    let guesses = try guesses(seed: seed)
    // Work is one run of one scenario, so that threads have enough of it.
    let each = scenarios.count
    let results = ChunkedWork(count: runs.count * each, threads: threads, chunkSize: 1).map {
      (range: Range<Int>) -> [Result<LifeRun, DataError>] in
      range.map { index in
        Result { () throws(DataError) in
          let number = index / each
          var run = try LifeRun(
            self, scenarios[index % each], population,
            RandomKey(seed: seed, replication: number % runs.replications),
            unknown: guesses[number / runs.replications])
          try run.run()
          return run
        }
      }
    }
    var finished: [LifeRun] = []
    for result in results { finished.append(try result.get()) }
    var outcome = SimulatedOutcome()
    outcome.data = try recorded(finished)
    outcome.data.append(accounts(finished))
    outcome.truth = [facts(seed: seed, guesses)]
    if let report { outcome.data += try report.tables(self, finished) }
    let omissions = LifeOmissions(self).text
    outcome.texts = [("left-out.txt", omissions)]
    outcome.notes = omissions
    return outcome
  }

  /// What each draw of the parameters that are not known takes them to be.
  private func guesses(seed: String) throws(DataError) -> [[String: Double]] {
    guard !runs.unknown.isEmpty else { return [[:]] }
    var guesses = Array(repeating: [String: Double](), count: runs.parameterDraws)
    let rows = FormulaData(tables: [.init(columns: [], count: guesses.count)])
    for (name, call) in runs.unknown {
      let draw = try CompiledDraw(call, in: FormulaScope(tables: [FormulaScope.Table(columns: [])]))
      let column = try draw.column(
        named: name, rows, key: RandomKey(seed: seed).stream(table: "parameters", name))
      switch column.values {
      case .numbers(let list):
        for (index, value) in list.enumerated() { guesses[index][name] = value }
      case .wholeNumbers(let list):
        for (index, value) in list.enumerated() { guesses[index][name] = Double(value) }
      default:
        throw call.place.error(
          "parameter `\(name)` is drawn as something else than a number",
          remedy: "Draw a number, as `~ normal(0, 0.1)`.")
      }
    }
    return guesses
  }

  /// The columns before each recorded row: scenario, draw and replication, where there are several.
  func labels(_ finished: [LifeRun], _ counts: [(run: Int, period: Int, rows: Int)]) -> [Column] {
    let each = scenarios.count
    func column(_ name: String, _ value: (Int) -> Int) -> Column {
      Column(
        name: name,
        values: .wholeNumbers(
          counts.flatMap { Array(repeating: Int64(value($0.run / each)), count: $0.rows) }),
        form: .number(NumberForm()))
    }
    var columns: [Column] = []
    if scenarios.count > 1 || scenarios[0].name != nil {
      columns.append(
        Column(
          name: "scenario",
          values: .texts(
            codes: counts.flatMap { Array(repeating: UInt32($0.run % each), count: $0.rows) },
            pool: TextPool(scenarios.map { $0.name ?? "" }))))
    }
    if runs.parameterDraws > 1 {
      columns.append(column("parameter_draw") { $0 / runs.replications })
    }
    if runs.replications > 1 { columns.append(column("replication") { $0 % runs.replications }) }
    columns.append(
      periods.column(counts.flatMap { Array(repeating: $0.period, count: $0.rows) }))
    return columns
  }

  /// One row a person, period and scenario; scenario by scenario.
  private func recorded(_ finished: [LifeRun]) throws(DataError) -> [Table] {
    let each = scenarios.count
    let order = (0..<each).flatMap { scenario in
      stride(from: scenario, to: finished.count, by: each)
    }
    var tables: [Table] = []
    for (index, population) in populations.enumerated() {
      let recording = recordings[population.name] ?? Recording()
      let names = shown(index, finished[0].program)
      var counts: [(run: Int, period: Int, rows: Int)] = []
      var parts: [[Column]] = Array(repeating: [], count: names.count)
      for run in order {
        let scope = finished[run].program.scope.tables[index]
        let places = names.map { name in scope.columns.firstIndex { $0.name == name } }
        for snapshot in finished[run].snapshots
        where (snapshot.period - periods.range.lowerBound) % recording.every == 0 {
          counts.append((run, snapshot.period, snapshot.tables[index].count))
          for (part, place) in places.enumerated() {
            if let place { parts[part].append(snapshot.tables[index].columns[place]) }
          }
        }
      }
      guard counts.reduce(0, { $0 + $1.rows }) <= Self.rowLimit else {
        throw DataError(
          "more than \(Self.rowLimit) rows would be recorded", file: file, line: 1, position: 1,
          remedy: "Write `record: {\(population.name): {every: 10}}`, or fewer replications.")
      }
      let columns = parts.enumerated().map { part, list in
        var column = Column.joined(list)
        column.name = names[part]
        return column
      }
      tables.append(Table(name: population.name, columns: labels(finished, counts) + columns))
    }
    return tables
  }

  /// The columns of a table that are recorded: the id first.
  private func shown(_ table: Int, _ program: LifeProgram) -> [String] {
    let id = populations[table].idColumn
    let lags = Set(program.lags.filter { $0.table == table }.map(\.column))
    var hidden = Set(
      (start + steps).compactMap { step -> String? in
        if case .assign(let assignment) = step, assignment.table == table, assignment.isHidden {
          return assignment.column
        }
        return nil
      })
    if let maker { hidden.formUnion(maker.tables[table].columns.filter(\.isHidden).map(\.name)) }
    let all = program.scope.tables[table].columns.enumerated().filter { !lags.contains($0.offset) }
      .map(\.element.name)
    let wanted =
      recordings[populations[table].name]?.columns ?? all.filter { !hidden.contains($0) }
    return [id] + wanted.filter { $0 != id }
  }

  /// How many there are at the end of each period, and what happened in it.
  private func accounts(_ finished: [LifeRun]) -> Table {
    var counts: [(run: Int, period: Int, rows: Int)] = []
    var (tables, events, numbers): ([String], [String], [Int64]) = ([], [], [])
    for (run, life) in finished.enumerated() {
      for snapshot in life.snapshots {
        let happened = life.events.filter { $0.period == snapshot.period }
        counts.append((run, snapshot.period, happened.count + populations.count))
        for event in happened {
          tables.append(populations[event.table].name)
          events.append(event.name)
          numbers.append(Int64(event.count))
        }
        for (index, population) in populations.enumerated() {
          tables.append(population.name)
          events.append("there at the end")
          numbers.append(Int64(snapshot.tables[index].count))
        }
      }
    }
    return Table(
      name: "accounts",
      columns: labels(finished, counts) + [
        Column(name: "table", texts: tables), Column(name: "event", texts: events),
        Column(name: "count", values: .wholeNumbers(numbers), form: .number(NumberForm())),
      ])
  }

  /// What is true of the model, one fact a row.
  private func facts(seed: String, _ guesses: [[String: Double]]) -> Table {
    var rows = [("run", "seed", seed), ("run", "replications", "\(runs.replications)")]
    for scenario in scenarios {
      for parameter in scenario.parameters {
        for (day, value) in parameter.values {
          let date = CalendarDate(daysSince1970: day)
          let text =
            switch value {
            case .number(.whole(let number)): "\(number)"
            case .number(.number(let number)): "\(number)"
            case .number(let literal): "\(literal)"
            case .scale(let scale):
              scale.brackets.map { "\($0.rate) above \($0.threshold)" }.joined(separator: ", ")
            case .none: "missing"
            }
          rows.append(
            (
              "parameter \(scenario.name ?? "")",
              "\(parameter.name) from \(date.year)-\(date.month)", text
            ))
        }
      }
      for setting in scenario.settings {
        rows.append(("set \(scenario.name ?? "")", setting.column, setting.text))
      }
    }
    for (index, guess) in guesses.enumerated() {
      for name in guess.keys.sorted() {
        rows.append(("parameter draw \(index)", name, "\(guess[name] ?? 0)"))
      }
    }
    for step in start + steps {
      if case .assign(let assignment) = step {
        rows.append(
          (
            assignment.isHidden ? "hidden column" : "column",
            "\(populations[assignment.table].name).\(assignment.column)", assignment.text
          ))
      }
    }
    return Table(
      name: "truth",
      columns: [
        Column(
          name: "kind", texts: rows.map { $0.0.hasSuffix(" ") ? String($0.0.dropLast()) : $0.0 }),
        Column(name: "name", texts: rows.map(\.1)), Column(name: "value", texts: rows.map(\.2)),
      ])
  }
}
