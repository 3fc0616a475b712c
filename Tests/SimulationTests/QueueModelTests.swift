// SPDX-License-Identifier: Apache-2.0
import Foundation
import Simulation
import Tables
import Testing

/// Queues told in YAML, against closed forms and against themselves.
struct QueueModelTests {
  static func model(_ servers: String, _ more: String = "", until: Int = 4000) -> String {
    """
    simulate: 1
    parameters: {nurses: 2}
    resources: {nurse: {\(servers)}}
    arrivals:
      patient: {every: "~ exponential(rate = 1.6)", set: {urgent: "~ bernoulli(0.2)"}}
    path: {patient: [{seize: nurse\(more)}, {hold: "~ exponential(mean = 1)"}, {release: nurse}]}
    until: \(until)
    run: {replications: 12}
    """
  }

  /// The values of a measure, a replication each.
  static func summary(_ outcome: SimulatedOutcome, _ of: String, _ measure: String) -> [Double] {
    guard let table = outcome.data.first(where: { $0.name == "summary" }),
      case .texts(let objects, let names)? = table.column(named: "of")?.values,
      case .texts(let codes, let pool)? = table.column(named: "measure")?.values,
      case .numbers(let values)? = table.column(named: "value")?.values
    else { return [] }
    return values.indices.filter {
      names[Int(objects[$0])] == of && pool[Int(codes[$0])] == measure
    }.map { values[$0] }
  }

  static func run(_ text: String, threads: Int = 2) throws -> SimulatedOutcome {
    try SimulatedModel(yaml: text, file: "queue.yaml").run(seed: "1", threads: threads)
  }

  static func mean(_ list: [Double]) -> (mean: Double, error: Double) {
    let mean = list.reduce(0, +) / Double(list.count)
    let square = list.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(list.count - 1)
    return (mean, (square / Double(list.count)).squareRoot())
  }

  @Test func `the mean wait of M/M/2 is that of Erlang's formula`() throws {
    let outcome = try Self.run(Self.model("servers: nurses"))
    // Erlang C for load 1.6 on 2 servers is 0.7111…; the mean wait is that over 2 − 1.6.
    let wait = Self.mean(Self.summary(outcome, "nurse", "mean wait"))
    #expect(abs(wait.mean - 1.777_778) < 5 * wait.error, "\(wait)")
    let use = Self.mean(Self.summary(outcome, "nurse", "utilisation"))
    #expect(abs(use.mean - 0.8) < 5 * use.error, "\(use)")
  }

  @Test func `Little's law holds exactly in each run`() throws {
    let outcome = try Self.run(Self.model("shifts: {0: 1, 8: 3}, cycle: 24", until: 480))
    let inside = Self.summary(outcome, "all", "mean number inside")
    let rate = Self.summary(outcome, "all", "arrivals a unit of time")
    let time = Self.summary(outcome, "all", "mean time inside")
    #expect(inside.count == 12)
    for run in inside.indices {
      #expect(abs(inside[run] - rate[run] * time[run]) <= 1e-9 * inside[run])
    }
  }

  @Test func `the urgent wait less, and the impatient leave`() throws {
    let text = Self.model(
      "servers: 2", ", priority: urgent, gives_up_after: \"~ exponential(mean = 5)\"")
    let outcome = try Self.run(text)
    let visits = try #require(outcome.data.first { $0.name == "visits" })
    let patients = outcome.data[0]
    guard case .booleans(let urgent)? = patients.column(named: "urgent")?.values,
      let began = visits.column(named: "began"), case .numbers(let starts) = began.values,
      case .numbers(let asked)? = visits.column(named: "asked")?.values
    else {
      Issue.record("a column is missing")
      return
    }
    // Everybody makes one visit, in the order of arrival, here.
    #expect(urgent.count == asked.count)
    var sums = [false: (0.0, 0.0), true: (0.0, 0.0)]
    for row in asked.indices where !began.missing.isMissing(at: row) {
      sums[urgent[row], default: (0, 0)].0 += starts[row] - asked[row]
      sums[urgent[row], default: (0, 0)].1 += 1
    }
    let (calm, pressed) = (sums[false] ?? (0, 1), sums[true] ?? (0, 1))
    #expect(pressed.0 / pressed.1 < 0.6 * calm.0 / calm.1)
    #expect(Self.summary(outcome, "nurse", "gave up").reduce(0, +) > 100)
  }

  @Test func `threads change nothing, and more servers meet the same arrivals`() throws {
    let text = Self.model("servers: nurses", until: 200)
    let one = try Self.run(text, threads: 1)
    #expect(try Self.run(text, threads: 8).data == one.data)
    let more = try Self.run(
      text + "\nscenarios: {two: {}, three: {parameters: {nurses: 3}}}", threads: 2)
    let (two, three) = (
      LifeModelTests.rows(of: "two", in: more.data[0]),
      LifeModelTests.rows(of: "three", in: more.data[0])
    )
    #expect(two.columns == one.data[0].columns)
    #expect(two.column(named: "arrived") == three.column(named: "arrived"))
    #expect(two.column(named: "left") != three.column(named: "left"))
  }

  @Test func `rates by the hour, branches back, groups and full waiting rooms`() throws {
    let text = """
      simulate: 1
      resources: {desk: {servers: 1}, bus: {servers: 9}}
      arrivals: {guest: {rate: {0: 1, 12: 4}, cycle: 24}}
      path:
        guest:
          - {seize: desk, most_waiting: 3}
          - {hold: "~ uniform(0.1, 0.5)"}
          - {release: desk}
          - {branch: {0.25: back(3), 0.75: continue}}
          - {gather: 4}
          - {hold: 1}
      until: 2400
      run: {replications: 8}
      """
    let outcome = try Self.run(text)
    let arrived = Self.mean(Self.summary(outcome, "all", "arrived"))
    // 100 days of 12 hours at 1 and 12 at 4.
    #expect(abs(arrived.mean - 6000) < 5 * (6000.0 / 8).squareRoot())
    #expect(Self.summary(outcome, "desk", "turned away").allSatisfy { $0 > 100 })
  }

  /// `SEMBLANCE_RUNS` asks for all 68 rows at full length, judged as the corpus asks.
  @Test func `models in YAML agree with the closed forms, and Little's law is exact in each run`()
    throws
  {
    guard let forms = try ClosedForm.all() else { return }
    let isFull = ProcessInfo.processInfo.environment["SEMBLANCE_RUNS"] != nil
    let short = forms.filter { $0.utilisation < 0.75 && !$0.service.hasPrefix("lognormal") }
    let chosen = isFull ? forms : stride(from: 0, to: short.count, by: 3).map { short[$0] }
    let (bound, replications, count) = isFull ? (3.0, 100, 40_000.0) : (4.0, 16, 1500.0)
    var far = 0
    for form in chosen {
      let service =
        switch form.service {
        case "exponential": "~ exponential(mean = 1)"
        case "deterministic(1)": "1.0"
        case "uniform(0;2)": "~ uniform(0, 2)"
        case "erlang(2; mean 1)": "~ gamma(mean = 1, dispersion = 0.5)"
        // Its squared spread is ln 5, its mean the median times √5.
        default: "~ lognormal(median = 1 / sqrt(5), sdlog = sqrt(log(5)))"
        }
      let length = count / form.rate
      let text = """
        simulate: 1
        resources: {desk: {servers: \(form.servers)}}
        arrivals: {guest: {every: "~ exponential(rate = \(form.rate))"}}
        path: {guest: [{seize: desk\(form.capacity.map { ", most_waiting: \($0 - form.servers)" } ?? "")}, {hold: "\(service)"}, {release: desk}]}
        until: \(length)
        run: {replications: \(replications)}
        record: {from: \(length / 5), events: false, visits: false, customers: false}
        """
      let outcome = try Self.run(text)
      func values(_ of: String, _ measure: String) -> [Double] {
        Self.summary(outcome, of, measure)
      }
      let counted = Double(replications) * count * 4 / 5
      let waits = values("desk", "mean wait")
      #expect(waits.count == replications)
      if !ClosedForm.agrees(
        waits, form.meanWait, least: form.waitError(counted), bound: bound)
      {
        far += 1
        print("wait differs:", form.line)
      }
      if let blocked = form.shareTurnedAway {
        let away = values("desk", "turned away")
        let shares = zip(away, zip(values("desk", "served"), values("desk", "waiting"))).map {
          $0 / ($0 + $1.0 + $1.1)
        }
        if !ClosedForm.agrees(
          shares, blocked, least: (blocked * (1 - blocked) / counted).squareRoot(), bound: bound)
        {
          far += 1
          print("share turned away differs:", form.line)
        }
      }
      let (inside, rate, time) = (
        values("all", "mean number inside"), values("all", "arrivals a unit of time"),
        values("all", "mean time inside")
      )
      for run in inside.indices
      where (inside[run] - rate[run] * time[run]).magnitude > 1e-9 * inside[run] {
        Issue.record("Little's law: \(form.line)")
      }
    }
    print("queues in YAML: \(chosen.count) rows, \(far) measures beyond \(bound) standard errors")
    #expect(chosen.count >= (isFull ? 68 : 11))
    #expect(far == 0)
  }
}
