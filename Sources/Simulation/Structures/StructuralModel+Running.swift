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
    let world = try world(key)
    var measured: [EffectMeasures] = []
    for effect in effects { measured.append(try measures(of: effect, world, key)) }
    let graph = StructuralGraph(self)
    return StructuralOutcome(
      collected: try collected(world, key), complete: complete(world),
      facts: facts(seed: key.seed, graph),
      effects: effects.isEmpty ? nil : EffectMeasures.table(measured),
      individual: measured.map(\.individual), dagitty: graph.dagitty(self), dot: graph.dot(self))
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
    self.init(
      name: name, values: .texts(codes: texts.indices.map(UInt32.init), pool: TextPool(texts)))
  }
}
