// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import Simulation
import Tables
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How fast each kind of model is, in CPU time on one thread.
///
/// It runs only where `SEMBLANCE_SPEED` is set, and is
/// only worth something in a release build. `Scripts/soak-simulation` prints the figures.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["SEMBLANCE_SPEED"] != nil))
struct SpeedTests {
  /// The least CPU seconds of some runs.
  static func seconds(_ runs: Int = 3, _ body: () throws -> Void) rethrows -> Double {
    var least = Double.infinity
    for _ in 0..<runs {
      let begin = clock()
      try body()
      least = min(least, Double(clock() - begin) / Double(CLOCKS_PER_SEC))
    }
    return least
  }

  func report(_ what: String, _ units: Double, _ seconds: Double) {
    print(
      "speed: \(what): \((units / seconds / 1e4).rounded() / 100) million a second (\(seconds) s)")
    #expect(seconds > 0)
  }

  @Test func `tables by formula`() throws {
    let rows = 1_000_000
    let model = try StructuralModel(
      yaml: """
        simulate: 1
        tables:
          person:
            rows: \(rows)
            columns:
              age: ~ normal(45, 12)
              female: ~ bernoulli(0.51)
              educ: ~ categorical(low = 0.3, middle = 0.5, high = 0.2)
              ability: ~ normal(0.02 * age + if(female, 0.1, 0), 1)
              tutored: ~ bernoulli(invlogit(-1 + 0.8 * ability))
              score: ~ normal(50 + 1.5 * if(tutored, 1, 0) + 4 * ability, 3)
              wait: ~ exponential(mean = exp(1 + 0.2 * ability))
        """, file: "m.yaml")
    let seconds = try Self.seconds { _ = try model.run(RandomKey(seed: "1")) }
    report("tables by formula, rows of 7 columns", Double(rows), seconds)
  }

  @Test func `segregation in Swift`() {
    for (side, count, wanted) in [(40, 1000, 3), (100, 8000, 3)] {
      var world = GridWorld(
        width: side, height: side,
        agents: (0..<count).map { SegregationTests.Household(group: $0 % 2) },
        key: RandomKey(seed: "1"))
      _ = wanted
      let steps = 8_000_000 / count
      let seconds = Self.seconds(1) {
        for step in 1...steps { world.step(step, SegregationTests.Rules()) }
      }
      report("Schelling in Swift, \(side) × \(side), agent-steps", Double(count * steps), seconds)
    }
  }

  @Test func `wolves and sheep in Swift`() {
    var acts = 0
    let seconds = Self.seconds(1) {
      for replication in 0..<40 { acts += WolfSheep.run(replication, steps: 100).acts }
    }
    report("WolfSheep in Swift, small, agent-steps", Double(acts), seconds)
  }

  func agents(_ what: String, _ yaml: String, _ units: (SimulatedOutcome) -> Double) throws {
    let model = try SimulatedModel(yaml: yaml, file: "m.yaml")
    var made: SimulatedOutcome?
    let seconds = try Self.seconds { made = try model.run(seed: "1", threads: 1) }
    if let made { report(what, units(made), seconds) }
  }

  @Test func `agents in YAML`() throws {
    for (side, count, steps) in [(40, 1000, 400), (100, 8000, 60)] {
      try agents(
        "Schelling in YAML, \(side) × \(side), agent-steps",
        """
        simulate: 1
        space: {grid: [\(side), \(side)], one_per_cell: true}
        agents: {home: {rows: \(count), columns: {group: "~ integer(0, 1)"}}}
        each_step: {home: [{when: "count(neighbours(1), group == mine.group) < 3", do: move(random_empty)}]}
        steps: \(steps)
        record: {home: {every: 1000}}
        """
      ) { _ in Double(count * steps) }
    }
    try agents(
      "WolfSheep in YAML, agent-steps",
      """
      simulate: 1
      space: {grid: [50, 50], wrap: true}
      agents:
        sheep: {rows: 400, columns: {energy: "~ integer(1, 9)"}}
        wolf: {rows: 80, columns: {energy: "~ integer(1, 20)"}}
      each_step:
        sheep:
          - {do: move(neighbour)}
          - {set: {energy: "energy - 1 + if(chance(0.4), 3, 0)"}}
          - {when: energy < 0, do: die}
          - {when: chance(0.05), set: {energy: energy / 2}, do: reproduce}
        wolf:
          - {do: move(neighbour)}
          - {set: {energy: energy - 1}}
          - {meet: sheep, set: {energy: energy + 9}, them: die}
          - {when: energy < 0, do: die}
          - {when: chance(0.05), set: {energy: energy / 2}, do: reproduce}
      steps: 400
      record: {sheep: {every: 1000}, wolf: {every: 1000}, model: {all: count(sheep) + count(wolf)}}
      """
    ) { made in
      LifeModelTests.numbers(made.data[2], "all").dropLast().reduce(0) { $0 + ($1 ?? 0) }
    }
  }

  @Test func `queues`() throws {
    let customers = 500_000
    let text = """
      simulate: 1
      resources: {desk: {servers: 1}}
      arrivals: {guest: {every: "~ exponential(rate = 0.8)"}}
      path: {guest: [{seize: desk}, {hold: "~ exponential(rate = 1)"}, {release: desk}]}
      until: \(Double(customers) / 0.8)
      """
    try agents(
      "M/M/1 in YAML, customers, with tables of customers, visits and events", text
    ) { _ in Double(customers) }
    try agents(
      "M/M/1 in YAML, customers, summary alone",
      text + "\nrecord: {events: false, visits: false, customers: false}"
    ) { _ in Double(customers) }
    try agents(
      "M/M/3 with priorities in YAML, customers, with tables of customers and visits",
      """
      simulate: 1
      resources: {desk: {servers: 3}}
      arrivals: {guest: {every: "~ exponential(rate = 2.4)", set: {urgent: "~ bernoulli(0.1)"}}}
      path: {guest: [{seize: desk, priority: urgent}, {hold: "~ exponential(rate = 1)"}, {release: desk}]}
      until: \(Double(customers) / 2.4)
      record: {events: false}
      """
    ) { _ in Double(customers) }
    let point = ServicePoint(arrivalRate: 0.8, service: .exponential(mean: 1))
    let seconds = Self.seconds { _ = point.visits(of: 2_000_000, key: RandomKey(seed: "1")) }
    report("M/M/1 in Swift, customers", 2_000_000, seconds)
  }

  @Test func `stocks`() throws {
    let text = """
      <xmile version="1.0"><sim_specs><start>0</start><stop>STOP</stop><dt>0.125</dt>
      <savestep>1000</savestep></sim_specs><model><variables>
      <aux name="room temperature"><eqn>70</eqn></aux>
      <aux name="characteristic time"><eqn>1e6</eqn></aux>
      <stock name="teacup temperature"><eqn>180</eqn><outflow>heat loss</outflow></stock>
      <flow name="heat loss"><eqn>(teacup_temperature - room_temperature) / characteristic_time</eqn></flow>
      </variables></model></xmile>
      """
    let bytes = Array(text.replacing("STOP", "500000").utf8)
    let load = try Self.seconds(20) { _ = try StockModel(xmile: bytes, file: "teacup.xmile") }
    print("speed: loading the teacup: \(load * 1000) ms")
    let model = try StockModel(xmile: bytes, file: "teacup.xmile")
    let steps = 4_000_000.0
    let seconds = try Self.seconds { _ = try model.run() }
    report("teacup, Euler, steps", steps, seconds)
    var kutta = model
    kutta.isRungeKutta = true
    report("teacup, Runge-Kutta, steps", steps, try Self.seconds(1) { _ = try kutta.run() })
    let every = try StockModel(
      xmile: Array(
        text.replacing("STOP", "50000").replacing("<savestep>1000</savestep>", "").utf8),
      file: "teacup.xmile")
    report("teacup, Euler, every step recorded", 400_000, try Self.seconds { _ = try every.run() })
  }

  @Test func `populations`() throws {
    let model = try PopulationModel(
      yaml: PopulationTests.outbreak + "\nrun: {as: exact, until: 150, replications: 60}",
      file: "m.yaml")
    var infected = 0.0
    let seconds = try Self.seconds {
      let table = try model.run(seed: "1")
      let left = LifeModelTests.numbers(table, "R").map { $0 ?? 0 }
      infected = (0..<60).reduce(0) { $0 + left[$1 * 151 + 150] }
    }
    report("SIR read exactly, events", 2 * infected, seconds)
  }

  @Test func `lives`() throws {
    let model = try SimulatedModel(
      yaml: """
        simulate: 1
        parameters: {pension_age: 66, pension: 10000, rates: {brackets: [[0, 0.0], [12570, 0.20], [50270, 0.40]]}}
        tables:
          household: {rows: 40000, columns: {region: "~ categorical(north = 1, south = 2)"}}
          person:
            per: household
            rows: ~ truncated(poisson(2), 1, 6)
            columns: {age: "~ integer(0, 95)", female: "~ bernoulli(0.5)"}
        periods: {from: 2028, to: 2037}
        each_period:
          - person.age: age + 1
          - remove: {person: "~ bernoulli(invlogit(-10 + 0.09 * age))"}
          - new: {person: births, of: "female and age in 18..42", when: "~ bernoulli(0.08)", set: {age: 0, female: "~ bernoulli(0.5)"}}
          - person.employed: "~ bernoulli(if(age in 16..65, invlogit(-0.5 + 2 * if(first_present(employed[-1], false), 1, 0)), 0))"
          - person.earnings: "if(employed, exp(10 + 0.01 * age), 0)"
          - person.tax: scale(rates, earnings + if(age >= pension_age, pension, 0))
          - household.net: sum(person.earnings) - sum(person.tax)
        record: {person: {every: 100}, household: {every: 100}}
        """, file: "m.yaml")
    var periods = 0.0
    let seconds = try Self.seconds {
      let made = try model.run(seed: "1", threads: 1)
      guard let accounts = made.data.first(where: { $0.name == "accounts" }) else { return }
      let counts = LifeModelTests.numbers(accounts, "count")
      let tables = accounts.column(named: "table").map(InvarianceTests.cells) ?? []
      let events = accounts.column(named: "event").map(InvarianceTests.cells) ?? []
      periods = counts.indices.filter {
        tables[$0] == "person" && events[$0] == "there at the end"
      }.reduce(0) { $0 + (counts[$1] ?? 0) }
    }
    report("lives, person-periods of 7 steps", periods, seconds)
  }
}
