// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables

extension QueueModel {
  /// Runs every replication, or every scenario's, on the same draws.
  ///
  /// - Throws: `DataError` if a value is impossible or there are too many events.
  func outcome(seed: String, threads: Int) throws(DataError) -> SimulatedOutcome {
    let models =
      scenarios.isEmpty ? [(name: String?.none, model: self)] : scenarios.map { ($0, $1) }
    let results = ChunkedWork(count: models.count * replications, threads: threads, chunkSize: 1)
      .map { (range: Range<Int>) -> [Result<QueueRun, DataError>] in
        range.map { index in
          Result { () throws(DataError) in
            var run = QueueRun(
              models[index / replications].model,
              RandomKey(seed: seed, replication: index % replications))
            try run.run()
            return run
          }
        }
      }
    var runs: [QueueRun] = []
    for result in results { runs.append(try result.get()) }
    let labels = QueueLabels(
      scenarios: models.map { $0.name ?? "" }, replications: replications,
      isNamed: !scenarios.isEmpty)
    var outcome = SimulatedOutcome()
    for kind in kinds.indices { outcome.data.append(try customers(kind, &runs, labels)) }
    outcome.data.append(visits(runs, labels))
    if isLogged { outcome.data.append(log(runs, labels)) }
    outcome.data.append(summary(runs, labels))
    outcome.truth = [facts(seed: seed)]
    return outcome
  }

  private func times(_ name: String, _ list: [Double]) -> Column {
    Column(
      name: name, values: .numbers(list.map { $0.isFinite ? $0 : 0 }),
      missing: list.allSatisfy(\.isFinite)
        ? .none
        : MissingCells(
          reasons: [MissingReason(code: "")], codes: list.map { $0.isFinite ? 0 : 1 }),
      form: .number(NumberForm(decimals: 9)))
  }

  private func wholes(_ name: String, _ list: [Int]) -> Column {
    Column(
      name: name, values: .wholeNumbers(list.map { Int64($0) }), form: .number(NumberForm()))
  }

  private func customers(
    _ kind: Int, _ runs: inout [QueueRun], _ labels: QueueLabels
  ) throws(DataError) -> Table {
    var parts: [[Column]] = []
    var counts: [Int] = []
    for run in runs.indices {
      let own = runs[run].customers.filter { $0.kind == kind }
      var source = runs[run].sources[kind]
      parts.append(
        [wholes("\(kinds[kind].name)_id", own.map { $0.number + 1 })]
          + (try source.columns(count: own.count)) + [
            times("arrived", own.map(\.arrived)), times("left", own.map(\.left)),
            Column(name: "outcome", texts: own.map(\.outcome)),
          ])
      counts.append(own.count)
    }
    let filled = parts.filter { $0.count == parts.map(\.count).max() }
    let columns = (filled.first ?? []).indices.map { index in
      Column.joined(filled.map { $0[index] })
    }
    return Table(
      name: kinds[kind].name, columns: labels.columns(counts) + columns,
      rowCount: counts.reduce(0, +))
  }

  private func visits(_ runs: [QueueRun], _ labels: QueueLabels) -> Table {
    let all = runs.flatMap { run in run.visits.map { (run.customers[$0.customer], $0) } }
    return Table(
      name: "visits",
      columns: labels.columns(runs.map(\.visits.count)) + [
        Column(name: "kind", texts: all.map { kinds[$0.0.kind].name }),
        wholes("customer", all.map { $0.0.number + 1 }),
        Column(name: "resource", texts: all.map { resources[$0.1.resource].name }),
        times("asked", all.map(\.1.asked)), times("began", all.map(\.1.began)),
        times("ended", all.map(\.1.ended)),
        Column(name: "outcome", texts: all.map(\.1.outcome)),
      ])
  }

  private func log(_ runs: [QueueRun], _ labels: QueueLabels) -> Table {
    let all = runs.flatMap { run in run.log.map { (run.customers[$0.customer], $0) } }
    return Table(
      name: "events",
      columns: labels.columns(runs.map(\.log.count)) + [
        times("time", all.map(\.1.time)),
        Column(name: "kind", texts: all.map { kinds[$0.0.kind].name }),
        wholes("customer", all.map { $0.0.number + 1 }),
        Column(name: "event", texts: all.map(\.1.event)),
        Column(
          name: "resource", texts: all.map { $0.1.resource.map { resources[$0].name } ?? "" }),
      ])
  }

  /// Utilisation, lines and waits; and Little's law, L = λW, which holds exactly for what is counted.
  private func summary(_ runs: [QueueRun], _ labels: QueueLabels) -> Table {
    var rows: [(of: String, measure: String, value: Double)] = []
    var counts: [Int] = []
    for run in runs {
      let before = rows.count
      let arrived = Double(run.customers.count)
      // Whoever is still inside has been there until the end.
      let spent = run.customers.reduce(0) { $0 + min($1.left, until) - $1.arrived }
      rows.append(("all", "arrived", arrived))
      rows.append(("all", "mean number inside", run.insideTime / until))
      rows.append(("all", "arrivals a unit of time", arrived / until))
      rows.append(("all", "mean time inside", arrived > 0 ? spent / arrived : 0))
      for (index, resource) in resources.enumerated() {
        let gauge = run.gauges[index]
        let own = run.visits.filter { $0.resource == index }
        let begun = own.filter { $0.began < .infinity }
        let waits = begun.map { $0.began - $0.asked }
        let name = resource.name
        rows.append(("\(name)", "served", Double(begun.count)))
        for outcome in ["gave up", "turned away", "waiting"] {
          rows.append((name, outcome, Double(own.count { $0.outcome == outcome })))
        }
        rows.append(
          (name, "utilisation", gauge.serverTime > 0 ? gauge.busyTime / gauge.serverTime : 0))
        rows.append((name, "mean number waiting", gauge.waitingTime / until))
        rows.append(
          (name, "mean wait", waits.isEmpty ? 0 : waits.reduce(0, +) / Double(waits.count)))
        rows.append((name, "longest wait", waits.max() ?? 0))
      }
      counts.append(rows.count - before)
    }
    return Table(
      name: "summary",
      columns: labels.columns(counts) + [
        Column(name: "of", texts: rows.map(\.of)),
        Column(name: "measure", texts: rows.map(\.measure)),
        times("value", rows.map(\.value)),
      ])
  }

  private func facts(seed: String) -> Table {
    var rows = [("run", "seed", seed), ("run", "until", "\(until)")]
    for parameter in parameters { rows.append(("parameter", parameter.name, "\(parameter.value)")) }
    for resource in resources {
      for shift in resource.shifts {
        rows.append(("servers", "\(resource.name) from \(shift.time)", "\(shift.servers)"))
      }
    }
    return Table(
      name: "truth",
      columns: [
        Column(name: "kind", texts: rows.map(\.0)), Column(name: "name", texts: rows.map(\.1)),
        Column(name: "value", texts: rows.map(\.2)),
      ])
  }
}

/// The columns before each row: scenario and replication, where there are several.
struct QueueLabels {
  let scenarios: [String]
  let replications: Int
  let isNamed: Bool

  func columns(_ counts: [Int]) -> [Column] {
    var columns: [Column] = []
    if isNamed {
      columns.append(
        Column(
          name: "scenario",
          values: .texts(
            codes: counts.enumerated().flatMap {
              Array(repeating: UInt32($0.offset / replications), count: $0.element)
            }, pool: TextPool(scenarios))))
    }
    if replications > 1 {
      columns.append(
        Column(
          name: "replication",
          values: .wholeNumbers(
            counts.enumerated().flatMap {
              Array(repeating: Int64($0.offset % replications), count: $0.element)
            }), form: .number(NumberForm())))
    }
    return columns
  }
}
