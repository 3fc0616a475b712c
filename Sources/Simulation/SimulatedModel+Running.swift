// SPDX-License-Identifier: Apache-2.0
import Randomness
public import Tables

extension SimulatedModel {
  private typealias Run = (name: String?, table: Table)

  /// Runs the model, or all its scenarios on the same draws.
  ///
  /// - Throws: `DataError` if a value, a rate or a probability is impossible, or a run too long.
  public func run(seed: String, threads: Int) throws(DataError) -> SimulatedOutcome {
    var outcome = SimulatedOutcome()
    switch self {
    case .populations(let model):
      var runs: [Run] = []
      for scenario in model.scenarios {
        var changed = model
        changed.parameters = scenario.parameters
        runs.append((scenario.name, try changed.run(seed: seed, threads: threads)))
      }
      if runs.isEmpty { runs = [(nil, try model.run(seed: seed, threads: threads))] }
      outcome.data = [Self.stacked(runs)]
      outcome.truth = [model.truth(seed: seed)]
      if let comparison = ScenarioComparison.table([runs], by: "time") {
        outcome.truth.append(comparison)
      }
    case .stocks(let model):
      outcome.data = [try model.run()]
      outcome.truth = [model.truth()]
    case .lives(let model): return try model.run(seed: seed, threads: threads)
    case .queues(let model): return try model.outcome(seed: seed, threads: threads)
    case .agents(let model): return try model.outcome(seed: seed, threads: threads)
    case .measured(let model, let instruments):
      return try Instrument.measure(
        try model.run(seed: seed, threads: threads), with: instruments, RandomKey(seed: seed))
    case .structure(let model):
      var model = model
      model.threads = threads
      for index in model.scenarios.indices { model.scenarios[index].model.threads = threads }
      let runs = try model.runScenarios(RandomKey(seed: seed))
      func stacked(_ name: String, _ table: (StructuralOutcome) -> Table?) -> Table? {
        let tables: [Run] = runs.compactMap { run in table(run.outcome).map { (run.name, $0) } }
        guard !tables.isEmpty else { return nil }
        var result = Self.stacked(tables)
        result.name = name
        return result
      }
      let names = model.tableNames
      outcome.data = names.indices.compactMap { index in
        stacked(names[index]) { $0.collected[index] }
      }
      outcome.truth = names.indices.compactMap { index in
        stacked("complete-\(names[index])") { $0.complete[index] }
      }
      outcome.truth += [stacked("truth") { $0.facts }, stacked("effects") { $0.effects }]
        .compactMap { $0 }
      for index in runs[0].outcome.individual.indices {
        outcome.truth += [stacked("effect-\(index + 1)-each-row") { $0.individual[index] }]
          .compactMap { $0 }
      }
      let pairs: [[Run]] = names.indices.map { index in
        runs.map { ($0.name, $0.outcome.complete[index]) }
      }
      if let comparison = ScenarioComparison.table(pairs, by: nil) {
        outcome.truth.append(comparison)
      }
      if runs.count == 1 { outcome.meanEffects = runs[0].outcome.meanEffects }
      outcome.texts = [
        ("graph.dagitty.txt", runs[0].outcome.dagitty), ("graph.dot", runs[0].outcome.dot),
      ]
    }
    return outcome
  }

  /// Tables of the same columns one below the other, with the scenario before them.
  private static func stacked(_ runs: [Run]) -> Table {
    guard runs.count > 1 || runs[0].name != nil else { return runs[0].table }
    let count = runs.reduce(0) { $0 + $1.table.rowCount }
    let codes = runs.enumerated().flatMap { index, run in
      Array(repeating: UInt32(index), count: run.table.rowCount)
    }
    let scenario = Column(
      name: "scenario", values: .texts(codes: codes, pool: TextPool(runs.map { $0.name ?? "" })))
    let columns = runs[0].table.columns.indices.map { index in
      Column.joined(runs.map { $0.table.columns[index] })
    }
    return Table(name: runs[0].table.name, columns: [scenario] + columns, rowCount: count)
  }
}
