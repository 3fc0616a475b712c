// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Tables

extension AgentModel {
  /// Runs every replication of every scenario on the same draws.
  ///
  /// - Throws: `DataError` if agents find no place, or there are too many turns.
  func outcome(seed: String, threads: Int) throws(DataError) -> SimulatedOutcome {
    let models =
      scenarios.isEmpty ? [(name: String?.none, model: self)] : scenarios.map { ($0, $1) }
    let results = ChunkedWork(count: models.count * replications, threads: threads, chunkSize: 1)
      .map { (range: Range<Int>) -> [Result<AgentRun, DataError>] in
        range.map { index in
          Result { () throws(DataError) in
            var run = try AgentRun(
              models[index / replications].model,
              RandomKey(seed: seed, replication: index % replications))
            try run.run()
            return run
          }
        }
      }
    var runs: [AgentRun] = []
    for result in results { runs.append(try result.get()) }
    let labels = QueueLabels(
      scenarios: models.map { $0.name ?? "" }, replications: replications,
      isNamed: !scenarios.isEmpty)
    var outcome = SimulatedOutcome()
    for kind in kinds.indices { outcome.data.append(table(kind, runs, labels)) }
    if !figures.isEmpty { outcome.data.append(figures(runs, labels)) }
    outcome.truth = [facts(seed: seed, models)]
    let picture = AgentPicture(models.map { ($0.name ?? "", $0.model) }, runs, replications)
    outcome.texts = [("overview.odd.md", odd), ("picture.svg", picture.text)]
    if let animation = picture.animation { outcome.texts.append(("animation.svg", animation)) }
    return outcome
  }

  private func wholes(_ name: String, _ list: [Int64]) -> Column {
    Column(name: name, values: .wholeNumbers(list), form: .number(NumberForm()))
  }

  private func table(_ kind: Int, _ runs: [AgentRun], _ labels: QueueLabels) -> Table {
    let own = runs.map { run in run.snapshots.filter { $0.kind == kind } }
    let all = own.flatMap { $0 }
    let declared = kinds[kind]
    var columns = labels.columns(own.map { $0.reduce(0) { $0 + $1.ids.count } })
    columns.append(
      wholes("step", all.flatMap { Array(repeating: Int64($0.step), count: $0.ids.count) }))
    columns.append(wholes("\(declared.name)_id", all.flatMap(\.ids)))
    for (place, column) in declared.columns.enumerated()
    where declared.recorded?.contains(column.name) != false {
      let list = all.flatMap { $0.values[place] }
      switch column.type {
      case .category(let set):
        columns.append(
          Column(
            name: column.name,
            values: .texts(codes: list.map { UInt32($0) }, pool: TextPool(set.codes))))
      case .boolean:
        columns.append(
          Column(
            name: column.name, values: .booleans(list.map { $0 != 0 }),
            form: .boolean(true: "true", false: "false")))
      default:
        columns.append(
          Column(
            name: column.name, values: .numbers(list), form: .number(NumberForm(decimals: 9))))
      }
    }
    for (place, item) in declared.also.enumerated() {
      columns.append(
        Column(
          name: item.name, values: .numbers(all.flatMap { $0.also[place] }),
          form: .number(NumberForm(decimals: 9))))
    }
    if plane != nil {
      let points = all.flatMap(\.points)
      for (name, list) in [("x", points.map(\.x)), ("y", points.map(\.y))] {
        columns.append(
          Column(name: name, values: .numbers(list), form: .number(NumberForm(decimals: 9))))
      }
      return Table(name: declared.name, columns: columns)
    }
    columns.append(
      wholes("x", all.flatMap { $0.cells.map { Int64(Int($0) % width + 1) } }))
    columns.append(
      wholes("y", all.flatMap { $0.cells.map { Int64(Int($0) / width + 1) } }))
    return Table(name: declared.name, columns: columns)
  }

  private func figures(_ runs: [AgentRun], _ labels: QueueLabels) -> Table {
    let all = runs.flatMap(\.figures)
    return Table(
      name: "model",
      columns: labels.columns(runs.map(\.figures.count)) + [
        wholes("step", runs.flatMap { $0.figures.indices.map { Int64($0) } })
      ]
        + figures.enumerated().map { place, figure in
          Column(
            name: figure.name, values: .numbers(all.map { $0[place] }),
            form: .number(NumberForm(decimals: 9)))
        })
  }

  private func facts(seed: String, _ models: [(name: String?, model: AgentModel)]) -> Table {
    var rows = [("run", "seed", seed), ("run", "steps", "\(steps)")]
    for (name, model) in models {
      for parameter in model.parameters {
        rows.append(
          (name.map { "parameter of \($0)" } ?? "parameter", parameter.name, "\(parameter.value)"))
      }
    }
    for kind in kinds { for rule in kind.rules { rows.append(("rule", kind.name, rule.text)) } }
    return Table(
      name: "truth",
      columns: [
        Column(name: "kind", texts: rows.map(\.0)), Column(name: "name", texts: rows.map(\.1)),
        Column(name: "value", texts: rows.map(\.2)),
      ])
  }

  /// The model in the headings that journals ask for, to be filled in by whoever wrote it.
  ///
  /// ## Source
  /// Grimm et al., "The ODD protocol for describing agent-based and other simulation models: a second
  /// update", Journal of Artificial Societies and Social Simulation 23 (2020) 7.
  var odd: String {
    var lines = ["# Overview, design concepts and details (ODD)", ""]
    lines += ["## Purpose and patterns", purpose.isEmpty ? "(to be written: `purpose:`)" : purpose]
    lines += ["", "## Entities, state variables and scales"]
    let space = plane.map {
      "- plane of \($0.x) by \($0.y), \(wraps ? "wrapping at its edges" : "with walls at its edges")"
    }
    lines.append(
      space ?? contacts.map {
        "- network of \(width) nodes, each tied to \($0.degree) on average, a share of \($0.rewired) of ties led elsewhere"
      }
        ?? "- grid of \(width) by \(height) cells, \(wraps ? "wrapping at its edges" : "with edges")"
        + (onePerCell ? ", at most one agent a cell" : ""))
    for kind in kinds {
      let columns = kind.columns.map { "\($0.name) (\($0.type.words))" }.joined(separator: ", ")
      lines.append("- \(kind.name): \(columns.isEmpty ? "no state" : columns)")
    }
    lines += ["- \(steps) steps of time", "", "## Process overview and scheduling"]
    lines.append(
      "In each step, kinds act one after the other, and agents of a kind in an order drawn anew:")
    for kind in order {
      for rule in kinds[kind].rules { lines.append("- \(kinds[kind].name): \(rule.text)") }
    }
    lines += ["", "## Design concepts", "- Stochasticity: draws are keyed by agent and step."]
    lines.append("- Interaction and sensing: what rules above say of neighbours and of meeting.")
    lines.append(
      "- Observation: " + (figures.map(\.name) + kinds.map(\.name)).joined(separator: ", "))
    lines += ["- Emergence, adaptation, objectives, learning, prediction: (to be written)", ""]
    lines.append("## Initialization")
    for kind in kinds {
      let count = kind.place == .everyCell ? width * height : kind.rows
      lines.append("- \(count) \(kind.name), placed \(kind.place.rawValue)")
    }
    for parameter in parameters {
      lines.append("- parameter \(parameter.name) = \(parameter.value)")
    }
    lines += [
      "", "## Input data", "None.", "", "## Submodels", "The rules above are complete.", "",
    ]
    return lines.joined(separator: "\n")
  }
}
