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
            run.finish(measures: models[index / replications].model.measures(of: run))
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
    if hasCustomers {
      for kind in kinds.indices { outcome.data.append(try customers(kind, &runs, labels)) }
    }
    if hasVisits { outcome.data.append(visits(runs, labels)) }
    if isLogged { outcome.data.append(log(runs, labels)) }
    outcome.data.append(summary(runs, labels))
    outcome.truth = [facts(seed: seed)]
    return outcome
  }

  private func times(_ name: String, _ list: [Double]) -> Column {
    let isWhole = list.allSatisfy(\.isFinite)
    return Column(
      name: name, values: .numbers(isWhole ? list : list.map { $0.isFinite ? $0 : 0 }),
      missing: isWhole
        ? .none
        : MissingCells(
          reasons: [MissingReason(code: "")], codes: list.map { $0.isFinite ? 0 : 1 }),
      form: .number(NumberForm(decimals: 9)))
  }

  private func wholes(_ name: String, _ list: [Int64]) -> Column {
    Column(name: name, values: .wholeNumbers(list), form: .number(NumberForm()))
  }

  /// A column of words, numbered in the order in which they first come up.
  private func words(_ name: String, _ list: [UInt32], _ words: [String]) -> Column {
    var numbers = [Int](repeating: -1, count: words.count)
    var pool = TextPool()
    let codes = list.map { word -> UInt32 in
      if numbers[Int(word)] < 0 {
        numbers[Int(word)] = pool.count
        pool.append(words[Int(word)])
      }
      return UInt32(numbers[Int(word)])
    }
    return Column(name: name, values: .texts(codes: codes, pool: pool))
  }

  private static let outcomes = QueueRun.Outcome.allCases.map(\.word)

  private func customers(
    _ kind: Int, _ runs: inout [QueueRun], _ labels: QueueLabels
  ) throws(DataError) -> Table {
    var parts: [[Column]] = []
    var counts: [Int] = []
    for run in runs.indices {
      let all = runs[run].customers
      let own = kinds.count == 1 ? all : all.filter { Int($0.kind) == kind }
      var source = runs[run].sources[kind]
      parts.append(
        [wholes("\(kinds[kind].name)_id", own.map { Int64($0.number) + 1 })]
          + (try source.columns(count: own.count)) + [
            times("arrived", own.map(\.arrived)), times("left", own.map(\.left)),
            words("outcome", own.map { UInt32($0.outcome.rawValue) }, Self.outcomes),
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

  /// A value of each item of all runs, with the run it is of.
  private static func all<Item, Value>(
    _ runs: [QueueRun], _ list: (QueueRun) -> [Item], _ value: (QueueRun, Item) -> Value
  ) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(runs.reduce(0) { $0 + list($1).count })
    for run in runs { for item in list(run) { values.append(value(run, item)) } }
    return values
  }

  private func visits(_ runs: [QueueRun], _ labels: QueueLabels) -> Table {
    func all<Value>(_ value: (QueueRun, QueueRun.Visit) -> Value) -> [Value] {
      Self.all(runs, \.visits, value)
    }
    return Table(
      name: "visits",
      columns: labels.columns(runs.map(\.visits.count)) + [
        words(
          "kind", all { UInt32($0.customers[Int($1.customer)].kind) }, kinds.map(\.name)),
        wholes("customer", all { Int64($0.customers[Int($1.customer)].number) + 1 }),
        words("resource", all { UInt32($1.resource) }, resources.map(\.name)),
        times("asked", all { $1.asked }), times("began", all { $1.began }),
        times("ended", all { $1.ended }),
        words("outcome", all { UInt32($1.outcome.rawValue) }, Self.outcomes),
      ])
  }

  private func log(_ runs: [QueueRun], _ labels: QueueLabels) -> Table {
    func all<Value>(_ value: (QueueRun, QueueRun.Entry) -> Value) -> [Value] {
      Self.all(runs, \.log, value)
    }
    return Table(
      name: "events",
      columns: labels.columns(runs.map(\.log.count)) + [
        times("time", all { $1.time }),
        words(
          "kind", all { UInt32($0.customers[Int($1.customer)].kind) }, kinds.map(\.name)),
        wholes("customer", all { Int64($0.customers[Int($1.customer)].number) + 1 }),
        words("event", all { UInt32($1.event) }, QueueRun.events),
        words("resource", all { UInt32($1.resource + 1) }, [""] + resources.map(\.name)),
      ])
  }

  /// Utilisation, lines and waits; and Little's law, L = λW, which holds exactly for what is counted.
  ///
  /// Counted are the time from `from` on, whoever is inside then or arrives later, and the stays that
  /// are asked for then.
  private func measures(of run: QueueRun) -> [QueueRun.Measure] {
    let length = until - from
    var (present, spent) = (0.0, 0.0)
    for customer in run.customers where from == 0 || customer.left > from {
      present += 1
      // Whoever is still inside has been there until the end.
      spent += min(customer.left, until) - max(customer.arrived, from)
    }
    var rows: [QueueRun.Measure] = [
      ("all", "arrived", present), ("all", "mean number inside", run.insideTime / length),
      ("all", "arrivals a unit of time", present / length),
      ("all", "mean time inside", present > 0 ? spent / present : 0),
    ]
    var stays = resources.map { _ in Stays() }
    for visit in run.visits where visit.asked >= from { stays[Int(visit.resource)].add(visit) }
    for (index, resource) in resources.enumerated() {
      let (gauge, own, name) = (run.gauges[index], stays[index], resource.name)
      rows += [
        (name, "served", Double(own.begun)), (name, "gave up", Double(own.gaveUp)),
        (name, "turned away", Double(own.turnedAway)), (name, "waiting", Double(own.waiting)),
        (name, "utilisation", gauge.serverTime > 0 ? gauge.busyTime / gauge.serverTime : 0),
        (name, "mean number waiting", gauge.waitingTime / length),
        (name, "mean wait", own.begun == 0 ? 0 : own.wait / Double(own.begun)),
        (name, "longest wait", own.longest),
      ]
    }
    return rows
  }

  private func summary(_ runs: [QueueRun], _ labels: QueueLabels) -> Table {
    let rows = runs.flatMap(\.measures)
    return Table(
      name: "summary",
      columns: labels.columns(runs.map(\.measures.count)) + [
        Column(name: "of", texts: rows.map(\.of)),
        Column(name: "measure", texts: rows.map(\.measure)),
        times("value", rows.map(\.value)),
      ])
  }

  /// What became of those who asked for a resource.
  private struct Stays {
    var begun = 0
    var gaveUp = 0
    var turnedAway = 0
    var waiting = 0
    var wait = 0.0
    var longest = 0.0

    mutating func add(_ visit: QueueRun.Visit) {
      switch visit.outcome {
      case .gaveUp: gaveUp += 1
      case .turnedAway: turnedAway += 1
      case .waiting: waiting += 1
      default: break
      }
      guard visit.began < .infinity else { return }
      begun += 1
      wait += visit.began - visit.asked
      longest = max(longest, visit.began - visit.asked)
    }
  }

  private func facts(seed: String) -> Table {
    var rows = [("run", "seed", seed), ("run", "until", "\(until)")]
    if from > 0 { rows.append(("run", "counted from", "\(from)")) }
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
