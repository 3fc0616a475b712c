// SPDX-License-Identifier: Apache-2.0
import Formulas
public import Randomness
public import Tables

extension StructuralModel {
  /// Makes the data and the truth behind them.
  ///
  /// A row's draws are keyed by table, column and row (in a lower table by parent and place among the
  /// siblings): more rows, another column or another parameter change no other draw.
  ///
  /// - Throws: `DataError` if a draw's arguments or a probability are impossible in a row.
  public func run(_ key: RandomKey) throws(DataError) -> StructuralOutcome {
    try run(key, setting: [:])
  }

  /// Makes the data of every scenario on the same draws; of the model itself if it has none.
  ///
  /// - Throws: `DataError` if a draw's arguments or a probability are impossible in a row.
  public func runScenarios(
    _ key: RandomKey
  ) throws(DataError) -> [(name: String?, outcome: StructuralOutcome)] {
    guard !scenarios.isEmpty else { return [(nil, try run(key))] }
    var outcomes: [(name: String?, outcome: StructuralOutcome)] = []
    for scenario in scenarios {
      outcomes.append((scenario.name, try scenario.model.run(key, setting: scenario.setting)))
    }
    return outcomes
  }

  private func run(
    _ key: RandomKey, setting: [Place: CompiledFormula]
  ) throws(DataError) -> StructuralOutcome {
    let world = try world(key, setting: setting)
    var measured: [EffectMeasures] = []
    for effect in effects {
      measured.append(try measures(of: effect, world, key, setting: setting))
    }
    let graph = StructuralGraph(self)
    let meanEffects = zip(effects, measured).compactMap { effect, measured -> MeanEffect? in
      guard
        let mean = measured.rows.first(where: { $0.group == "all" && $0.measure == "ATE" })
      else { return nil }
      func plain(_ value: CompiledFormula) -> String {
        "\(value.expression)".filter { $0 != "\"" && $0 != "'" }
      }
      return MeanEffect(
        treatment: name(of: effect.treatment), from: plain(effect.from), to: plain(effect.to),
        outcome: name(of: effect.outcome), value: mean.value)
    }
    return StructuralOutcome(
      collected: try collected(world, key), complete: complete(world),
      facts: facts(seed: key.seed, graph),
      effects: effects.isEmpty ? nil : EffectMeasures.table(measured),
      meanEffects: meanEffects, individual: measured.map(\.individual),
      dagitty: graph.dagitty(self), dot: graph.dot(self))
  }

  /// What is true of the model, one fact a row.
  private func facts(seed: String, _ graph: StructuralGraph) -> Tables.Table {
    var rows = [("run", "seed", seed)]
    for parameter in parameters {
      rows.append(("parameter", parameter.name, "\(parameter.value)"))
    }
    for (index, table) in tables.enumerated() {
      for (column, item) in table.columns.enumerated() where !item.text.isEmpty {
        let place = Place(table: index, column: column)
        rows.append((item.isHidden ? "hidden column" : "column", name(of: place), item.text))
      }
    }
    for gap in gaps {
      rows.append(
        ("missing \(gap.kind.rawValue)", name(of: gap.place), "\(gap.probability.expression)"))
    }
    for effect in effects {
      let pair = "\(name(of: effect.treatment)) on \(name(of: effect.outcome))"
      let set = graph.adjustment(from: effect.treatment, to: effect.outcome, self)
      rows.append(
        (
          "adjustment set", pair,
          set.map { $0.isEmpty ? "nothing" : $0.map { name(of: $0) }.joined(separator: ", ") }
            ?? "none of observed columns"
        ))
    }
    return Tables.Table(
      name: "truth",
      columns: [("kind", rows.map(\.0)), ("name", rows.map(\.1)), ("value", rows.map(\.2))].map {
        Tables.Column(name: $0.0, texts: $0.1)
      })
  }
}

extension Tables.Column {
  /// A column of texts.
  init(name: String, texts: [String]) {
    var pool = TextPool()
    var places: [String: UInt32] = [:]
    let codes = texts.map { text -> UInt32 in
      if let known = places[text] { return known }
      let place = UInt32(places.count)
      places[text] = place
      pool.append(text)
      return place
    }
    self.init(name: name, values: .texts(codes: codes, pool: pool))
  }
}
