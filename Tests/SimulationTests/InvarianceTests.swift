// SPDX-License-Identifier: Apache-2.0
import Formulas
import Schemas
import Simulation
import Tables
import Testing

/// What must not change a draw, kind of model by kind of model: cells are compared one by one.
struct InvarianceTests {
  static let models: [String: String] = [
    "exact": PopulationTests.outbreak + "\nrun: {as: exact, until: 20, replications: 9}",
    "sde": PopulationTests.outbreak + "\nrun: {as: sde, until: 20, step: 0.5, replications: 9}",
    "individuals": """
    simulate: 1
    start: {S: 190, I: 10, R: 0}
    parameters: {beta: 0.9, gamma: 0.1}
    transitions:
      - {name: infection, from: S, to: I, rate: beta * I / N}
      - {name: recovery, from: I, to: R, rate: gamma}
    run: {as: individuals, on: {network: "small_world(k = 6, p = 0.1)"}, until: 10, replications: 9}
    """,
    "structure": structure(40),
    "lives": LifeModelTests.model.replacing("report:", "runs: {replications: 9}\nreport:")
      .replacing("rows: 120", "rows: 30").replacing("to: 2033", "to: 2030"),
    "queue": QueueModelTests.model("servers: nurses", until: 60).replacing(
      "replications: 12", "replications: 9"),
    "agents": agents + "\nrun: {replications: 9}",
    "measured": PopulationTests.outbreak + """

      run: {as: exact, until: 10, replications: 9}
      instruments: {populations: {every: 2}, populations.I: {noise: 3, dropout: 0.2, round: 1}}
      """,
  ]

  /// A nested structural model, large enough that it is made in pieces.
  static func structure(_ schools: Int) -> String {
    """
    simulate: 1
    parameters: {effect: 1.5}
    tables:
      school:
        rows: \(schools)
        columns:
          quality: ~ normal(0, 0.6)
          kind: ~ categorical(state = 0.7, private = 0.3)
      pupil:
        per: school
        rows: ~ poisson(25)
        columns:
          ability: {value: "~ normal(0, 1)", hidden: true}
          tutored: ~ bernoulli(invlogit(-1 + 0.8 * ability))
          score: {value: "~ normal(50 + if(tutored, effect, 0) + 4 * ability + school.quality, 3)", decimals: 1}
          wish: ~ softmax(work = 0, study = 0.1 * (score - 50), rest = -1)
          wait: ~ weibull(median = 6, shape = 1.5)
          spread: ~ gamma(mean = exp(0.1 * ability), dispersion = 0.5)
      term:
        per: pupil
        periods: 3
        columns:
          mood: ~ normal(0.6 * first_present(mood[-1], 0) + ability, 1)
    missing:
      pupil.score: {probability: "invlogit(-2 + if(tutored, 0.5, 0))", kind: MAR}
      term.mood: {probability: "invlogit(-2 + 0.7 * mood)", kind: MNAR}
    truth:
      effects: [{do: {pupil.tutored: [false, true]}, on: pupil.score, by: [school.kind]}]
    """
    .replacing("mood[-1], 0) + ability", "mood[-1], 0) + pupil.ability")
  }

  static let agents = """
    simulate: 1
    space: {grid: [12, 12], wrap: true}
    agents:
      sheep: {rows: 60, columns: {energy: "~ integer(1, 9)"}}
      wolf: {rows: 12, columns: {energy: "~ integer(1, 20)"}}
    parameters: {gain: 9}
    each_step:
      sheep:
        - {do: move(neighbour)}
        - {set: {energy: "energy - 1 + if(chance(0.4), 3, 0)"}}
        - {when: energy < 0, do: die}
        - {when: chance(0.05), set: {energy: energy / 2}, do: reproduce}
      wolf:
        - {do: move(neighbour)}
        - {set: {energy: energy - 1}}
        - {meet: sheep, set: {energy: energy + gain}, them: die}
        - {when: energy < 0, do: die}
    steps: 12
    record: {sheep: {every: 3}, wolf: {every: 3}, model: {flock: count(sheep)}}
    """

  static func run(
    _ text: String, threads: Int = 1, files: ModelFiles = .none
  ) throws -> SimulatedOutcome {
    try SimulatedModel(yaml: text, file: "model.yaml", files: files).run(
      seed: "5", threads: threads)
  }

  /// The cells of a column as texts, whatever order its pool of texts has.
  static func cells(_ column: Column) -> [String] {
    let missing = column.missing
    let texts: [String] =
      switch column.values {
      case .numbers(let list): list.map { "\($0.bitPattern)" }
      case .wholeNumbers(let list): list.map { "\($0)" }
      case .booleans(let list): list.map { "\($0)" }
      case .dates(let list): list.map { "\($0)" }
      case .times(let list), .dateTimes(let list): list.map { "\($0)" }
      case .texts(let codes, let pool):
        {
          let texts = pool.texts
          return codes.map { texts[Int($0)] }
        }()
      }
    return texts.indices.map { missing.reason(at: $0).map { "missing \($0)" } ?? texts[$0] }
  }

  /// Whether two tables hold the same cells under the same names.
  static func same(_ one: Table, _ other: Table) -> Bool {
    one.columnNames == other.columnNames
      && one.columns.indices.allSatisfy { cells(one.columns[$0]) == cells(other.columns[$0]) }
  }

  static func rows(_ table: Table, where column: String, _ isWanted: (Double) -> Bool) -> Table {
    let values = LifeModelTests.numbers(table, column)
    return table.selecting(rows: values.indices.filter { isWanted(values[$0] ?? .nan) })
  }

  @Test(arguments: models.keys.sorted())
  func `threads change nothing`(name: String) throws {
    let text = try #require(Self.models[name])
    let one = try Self.run(text)
    for threads in [2, 8] {
      let many = try Self.run(text, threads: threads)
      #expect(one.data == many.data, "\(threads) threads")
      #expect(one.truth == many.truth, "\(threads) threads")
      #expect(one.texts.map(\.text) == many.texts.map(\.text), "\(threads) threads")
    }
  }

  @Test func `threads change nothing in a table that is made in pieces`() throws {
    let text = Self.structure(800)
    let one = try Self.run(text)
    #expect(one.data[1].rowCount > 16_384)
    for threads in [2, 8] {
      let many = try Self.run(text, threads: threads)
      #expect(one.data == many.data)
      #expect(one.truth == many.truth)
    }
  }

  @Test(arguments: models.keys.sorted().filter { $0 != "structure" })
  func `few replications are a shard of many`(name: String) throws {
    let text = try #require(Self.models[name])
    let many = try Self.run(text)
    let few = try Self.run(text.replacing("replications: 9", "replications: 3"))
    for (all, part) in zip(many.data, few.data) where all.name != "comparison" {
      guard all.column(named: "replication") != nil else { continue }
      #expect(Self.same(Self.rows(all, where: "replication") { $0 < 3 }, part), "\(all.name)")
    }
  }

  @Test func `the first rows of many are the rows of few, also below and in later periods`() throws
  {
    let few = try Self.run(Self.structure(40))
    let many = try Self.run(Self.structure(800))
    let pupils = few.data[1].rowCount
    #expect(Self.same(few.data[0], many.data[0].selecting(rows: Array(0..<40))))
    #expect(Self.same(few.data[1], many.data[1].selecting(rows: Array(0..<pupils))))
    let all = many.data[1].rowCount
    let terms = (0..<3).flatMap { period in (0..<pupils).map { period * all + $0 } }
    #expect(Self.same(few.data[2], many.data[2].selecting(rows: terms)))
  }

  @Test func `the first 1,000 of 10,000 rows are the rows of 1,000`() throws {
    func table(_ rows: Int) throws -> Table {
      try Self.run(
        """
        simulate: 1
        tables:
          person:
            rows: \(rows)
            columns:
              age: ~ truncated(normal(45, 20), 0, 100)
              works: ~ bernoulli(if(age in 16..66, 0.7, 0.05))
              pay: {value: "~ lognormal(median = if(works, 20000, 4000), sdlog = 0.5)", decimals: 2}
        missing: {pay: {probability: 0.1, kind: MCAR}}
        """
      ).data[0]
    }
    #expect(Self.same(try table(1000), try table(10_000).selecting(rows: Array(0..<1000))))
    #expect(Self.same(try table(1000), try table(40_000).selecting(rows: Array(0..<1000))))
  }

  @Test func `the order in which columns are written changes none of them`() throws {
    let text = Self.structure(40)
    let line = "          wait: ~ weibull(median = 6, shape = 1.5)\n".dropFirst(4)
    let turned = text.replacing(String(line), "").replacing(
      "      ability: {value", "\(line)      ability: {value")
    #expect(turned != text)
    let (one, other) = (try Self.run(text), try Self.run(turned))
    for column in one.data[1].columns {
      #expect(other.data[1].column(named: column.name) == column, "\(column.name)")
    }
  }

  @Test func `a column more, and a table more, change no other column`() throws {
    let text = Self.structure(40)
    let wider = text.replacing(
      "      tutored: ~", "      luck: ~ normal(ability, 2)\n      tutored: ~"
    ).replacing("tables:\n", "tables:\n  town: {rows: 7, columns: {size: \"~ poisson(30)\"}}\n")
    let (one, other) = (try Self.run(text), try Self.run(wider))
    for table in one.data {
      let wide = try #require(other.data.first { $0.name == table.name })
      for column in table.columns {
        #expect(wide.column(named: column.name) == column, "\(table.name).\(column.name)")
      }
    }
  }

  @Test func `another output changes nothing`() throws {
    let agents = try Self.run(Self.agents)
    let more = try Self.run(
      Self.agents.replacing("flock: count(sheep)", "flock: count(sheep), packs: mean(wolf.energy)")
        .replacing("sheep: {every: 3}", "sheep: {every: 1, also: {near: \"count(neighbours(1))\"}}")
    )
    let flock = more.data[2].column(named: "flock")
    #expect(flock == agents.data[2].column(named: "flock"))
    let sheep = Self.rows(more.data[0], where: "step") {
      $0.truncatingRemainder(dividingBy: 3) == 0
    }
    for column in agents.data[0].columns {
      #expect(sheep.column(named: column.name).map(Self.cells) == Self.cells(column))
    }
    let queue = QueueModelTests.model("servers: nurses", until: 60)
    let (full, lean) = (
      try Self.run(queue), try Self.run(queue + "\nrecord: {events: false, visits: false}")
    )
    #expect(lean.data.map(\.name) == ["patient", "summary"])
    for table in lean.data { #expect(full.data.contains(table)) }
    let lives = try Self.run(Self.models["lives"] ?? "")
    let seldom = try Self.run(
      (Self.models["lives"] ?? "") + "\nrecord: {person: {every: 2, columns: [age]}}")
    let years = Self.rows(lives.data[1], where: "period") {
      ($0 - 2028).truncatingRemainder(dividingBy: 2) == 0
    }
    #expect(
      years.column(named: "age").map(Self.cells)
        == seldom.data[1].column(named: "age").map(Self.cells))
  }

  @Test func `a further kind of agent that touches nobody changes nothing`() throws {
    let agents = try Self.run(Self.agents)
    let more = try Self.run(
      Self.agents.replacing(
        "  wolf: {rows: 12",
        "  bird: {rows: 30, columns: {song: \"~ normal(0, 1)\"}}\n  wolf: {rows: 12"
      ).replacing("each_step:\n", "each_step:\n  bird: [{do: move(neighbour)}]\n"))
    for table in agents.data where table.name != "model" {
      let other = try #require(more.data.first { $0.name == table.name })
      for column in table.columns where column.name != "\(table.name)_id" {
        #expect(
          other.column(named: column.name).map(Self.cells) == Self.cells(column),
          "\(table.name).\(column.name)")
      }
    }
  }

  @Test(arguments: models.keys.sorted().filter { $0 != "lives" })
  func `a scenario that changes nothing gives the same data`(name: String) throws {
    let text = try #require(Self.models[name])
    let plain = try Self.run(text)
    let both = try Self.run(text + "\nscenarios: {now: {}, same: {}}")
    for table in plain.data {
      let two = try #require(both.data.first { $0.name == table.name })
      #expect(Self.same(LifeModelTests.rows(of: "now", in: two), table), "\(table.name)")
      #expect(Self.same(LifeModelTests.rows(of: "same", in: two), table), "\(table.name)")
    }
  }

  @Test func `whoever is not treated has the same row whatever the treatment does`() throws {
    let outcome = try Self.run(
      Self.structure(40) + "\nscenarios: {now: {}, strong: {parameters: {effect: 9}}}")
    let (now, strong) = (
      LifeModelTests.rows(of: "now", in: outcome.data[1]),
      LifeModelTests.rows(of: "strong", in: outcome.data[1])
    )
    let tutored = LifeModelTests.numbers(now, "tutored")
    #expect(tutored.contains(1) && tutored.contains(0))
    func part(_ table: Table, _ value: Double) -> Table {
      table.selecting(rows: tutored.indices.filter { tutored[$0] == value })
    }
    #expect(Self.same(part(now, 0), part(strong, 0)))
    #expect(!Self.same(part(now, 1), part(strong, 1)))
  }

  // MARK: A population from files

  static let village = """
    simulate: 1
    population: {person: {file: people.csv, key: id}, household: {file: homes.csv, key: hh}, link: person.hh}
    periods: {from: 2027, to: 2030}
    each_period:
      - person.age: age + 1
      - remove: {person: "~ bernoulli(invlogit(-8 + 0.08 * age))"}
      - person.works: {value: "~ bernoulli(0.3 + 0.1 * household.rooms)", only: "age in 16..66"}
      - person.pay: {value: "if(works, exp(9 + 0.01 * age), 0)", only: "age >= 16"}
      - household.income: sum(person.pay)
    """

  /// People and homes, in a given order, of some homes only.
  static func files(_ order: @escaping @Sendable (Int) -> Int, homes: ClosedRange<Int> = 1...60)
    -> ModelFiles
  {
    ModelFiles { name in
      var ids = (name == "homes.csv" ? 1...60 : 1...150).map { $0 }
      ids = ids.filter { homes.contains(name == "homes.csv" ? $0 : ($0 * 7) % 60 + 1) }
      ids.sort { order($0) < order($1) }
      func whole(_ name: String, _ value: (Int) -> Int) -> Column {
        Column(
          name: name, values: .wholeNumbers(ids.map { Int64(value($0)) }),
          form: .number(NumberForm()))
      }
      let columns =
        name == "homes.csv"
        ? [whole("hh") { $0 }, whole("rooms") { $0 % 5 + 1 }]
        : [whole("id") { $0 }, whole("hh") { ($0 * 7) % 60 + 1 }, whole("age") { ($0 * 31) % 90 }]
      let table = Table(name: name, columns: columns)
      return (table, Schema(variables: []))
    }
  }

  @Test func `the order of rows in the files changes nothing`() throws {
    let one = try Self.run(Self.village, files: Self.files { $0 })
    let other = try Self.run(Self.village, files: Self.files { ($0 * 77) % 151 })
    #expect(one.data[0].rowCount > 400)
    for (table, turned) in zip(one.data, other.data) { #expect(Self.same(table, turned)) }
  }

  @Test func `homes lived in two shards live as they do together`() throws {
    let whole = try Self.run(Self.village, files: Self.files { $0 })
    let shards = [1...25, 26...60].map { homes in
      Result { try Self.run(Self.village, files: Self.files({ $0 }, homes: homes)) }
    }
    for table in 0..<2 {
      let id = table == 0 ? "id" : "hh"
      var lines: [[String]] = []
      func lists(_ table: Table) -> [[String]] {
        let columns = table.columns.map(Self.cells)
        return (0..<table.rowCount).map { row in columns.map { $0[row] } }
      }
      for shard in shards { lines += lists(try shard.get().data[table]) }
      #expect(whole.data[table].columnNames.contains(id))
      #expect(
        lines.sorted { $0.lexicographicallyPrecedes($1) }
          == lists(whole.data[table]).sorted { $0.lexicographicallyPrecedes($1) })
    }
  }
}
