// SPDX-License-Identifier: Apache-2.0
import Formulas
import Schemas
import Simulation
import Tables
import Testing

/// Lives of made people, checked against what the rules say.
struct LifeModelTests {
  static let model = """
    simulate: 1
    seed: 7
    parameters:
      pension_age: {2026: 66, 2030: 67}
      pension: 10000
      rates: {brackets: [[0, 0.0], [12570, 0.20], [50270, 0.40]]}
    tables:
      household: {rows: 120, columns: {region: "~ categorical(north = 1, south = 2)"}}
      person:
        per: household
        rows: ~ truncated(poisson(2), 1, 6)
        columns:
          age: ~ integer(0, 95)
          female: ~ bernoulli(0.5)
          skill: {value: "~ normal(0, 1)", hidden: true}
    links: {person.partner: person, person.mother: person}
    periods: {from: 2028, to: 2033}
    each_period:
      - person.age: age + 1
      - person.dies: ~ bernoulli(invlogit(-10 + 0.09 * age))
      - remove: {person: dies}
      - remove: {household: count(person) == 0}
      - new: {person: births, of: "female and age in 18..42", when: "~ bernoulli(0.08)",
          set: {age: 0, female: "~ bernoulli(0.5)", mother: parent.person_id}}
      - person.employed: {value: "~ bernoulli(invlogit(-0.5 + 2 * if(first_present(employed[-1], false), 1, 0) + 0.3 * first_present(skill, 0)))",
          only: "age >= 16 and age < pension_age"}
      - person.employed: {value: "false", only: "age < 16 or age >= pension_age"}
      - person.earnings: {value: "if(employed, exp(10 + 0.3 * first_present(skill, 0)), 0)", decimals: 2}
      - person.pension_paid: if(age >= pension_age, pension, 0)
      - person.tax: scale(rates, earnings + pension_paid)
      - move: {person: "~ bernoulli(if(age in 18..30, 0.1, 0))", to: new}
      - pair: {person: "female and age >= 18 and is_missing(partner.age)",
          with: "not female and age >= 18 and is_missing(partner.age)", by: age, spread: 3,
          column: partner, home: second}
      - household.net: sum(person.earnings) + sum(person.pension_paid) - sum(person.tax)
    scenarios:
      baseline: {}
      later: {parameters: {pension_age: {2026: 66, 2030: 69}}}
      same: {parameters: {pension: 10000}}
    report: {compare: [household.net], by: [decile, region], measures: [mean, gini, poverty(0.6), winners_losers]}
    """

  static let outcome = Result { try run(model) }

  static func run(
    _ text: String, threads: Int = 1, files: ModelFiles = .none
  ) throws -> SimulatedOutcome {
    try SimulatedModel(yaml: text, file: "lives.yaml", files: files).run(
      seed: "7", threads: threads)
  }

  /// The rows of one scenario, without its name.
  static func rows(of scenario: String, in table: Table) -> Table {
    guard case .texts(let codes, let pool)? = table.column(named: "scenario")?.values else {
      return table
    }
    let chosen = codes.indices.filter { pool[Int(codes[$0])] == scenario }
    let part = table.selecting(rows: chosen)
    return Table(columns: part.columns.filter { $0.name != "scenario" })
  }

  static func numbers(_ table: Table, _ name: String) -> [Double?] {
    guard let column = table.column(named: name) else { return [] }
    let list: [Double] =
      switch column.values {
      case .numbers(let list): list
      case .wholeNumbers(let list): list.map { Double($0) }
      case .booleans(let list): list.map { $0 ? 1 : 0 }
      default: []
      }
    return list.indices.map { column.missing.isMissing(at: $0) ? nil : list[$0] }
  }

  @Test func `a scenario that changes nothing gives the same lives`() throws {
    let outcome = try Self.outcome.get()
    for table in outcome.data where table.name != "comparison" {
      #expect(Self.rows(of: "baseline", in: table) == Self.rows(of: "same", in: table))
    }
    #expect(
      Self.rows(of: "baseline", in: outcome.data[1])
        != Self.rows(of: "later", in: outcome.data[1]))
  }

  @Test func `threads change nothing`() throws {
    let text = Self.model.replacing("report:", "runs: {replications: 3}\nreport:")
    let one = try Self.run(text)
    for threads in [2, 8] {
      let many = try Self.run(text, threads: threads)
      #expect(one.data == many.data)
      #expect(one.truth == many.truth)
    }
  }

  @Test func `whoever a policy does not touch has the same life`() throws {
    let person = try Self.outcome.get().data[1]
    let (base, later) = (
      Self.rows(of: "baseline", in: person), Self.rows(of: "later", in: person)
    )
    let columns = ["age", "female", "partner", "mother", "household_id", "person_id"]
    // Nobody's age, home, partner or children hang on the pension here.
    for name in columns { #expect(base.column(named: name) == later.column(named: name)) }
    let ages = Self.numbers(base, "age")
    let (one, two) = (Self.numbers(base, "employed"), Self.numbers(later, "employed"))
    var touched = 0
    for row in ages.indices where one[row] != two[row] {
      touched += 1
      #expect((67...69).contains(ages[row] ?? 0))
    }
    #expect(touched > 0)
  }

  @Test func `another column, a longer run and an earlier start change no other draw`() throws {
    let base = Self.rows(of: "baseline", in: try Self.outcome.get().data[1])
    let wider = try Self.run(
      Self.model.replacing(
        "  - person.tax:", "  - person.luck: ~ normal(0, 1)\n  - person.tax:"))
    let again = Self.rows(of: "baseline", in: wider.data[1])
    for column in base.columns { #expect(again.column(named: column.name) == column) }
    let longer = try Self.run(Self.model.replacing("to: 2033", "to: 2035"))
    let first = Self.rows(of: "baseline", in: longer.data[1])
    #expect(first.selecting(rows: Array(0..<base.rowCount)) == base)
  }

  @Test func `taxes follow the scale, and households add up their members`() throws {
    let outcome = try Self.outcome.get()
    let person = Self.rows(of: "baseline", in: outcome.data[1])
    let household = Self.rows(of: "baseline", in: outcome.data[0])
    let (earned, paid, tax) = (
      Self.numbers(person, "earnings"), Self.numbers(person, "pension_paid"),
      Self.numbers(person, "tax")
    )
    for row in earned.indices {
      let income = (earned[row] ?? 0) + (paid[row] ?? 0)
      let due = 0.2 * max(0, min(income, 50270) - 12570) + 0.4 * max(0, income - 50270)
      #expect(abs((tax[row] ?? -1) - due) < 1e-6)
    }
    #expect(household.rowCount > 0)
    let nets = Self.numbers(household, "net").reduce(0) { $0 + ($1 ?? 0) }
    let sums = earned.indices.reduce(0) {
      $0 + (earned[$1] ?? 0) + (paid[$1] ?? 0) - (tax[$1] ?? 0)
    }
    #expect(abs(nets - sums) < 1e-6 * sums)
  }

  @Test func `partners are each other's, and children know their mothers`() throws {
    let person = Self.rows(of: "baseline", in: try Self.outcome.get().data[1])
    guard case .wholeNumbers(let years)? = person.column(named: "period")?.values else {
      Issue.record("no periods")
      return
    }
    let last = person.selecting(rows: years.indices.filter { years[$0] == 2033 })
    let (ids, partners) = (Self.numbers(last, "person_id"), Self.numbers(last, "partner"))
    let homes = Self.numbers(last, "household_id")
    var rowOf: [Double: Int] = [:]
    for (row, id) in ids.enumerated() { rowOf[id ?? 0] = row }
    var pairs = 0
    for (row, partner) in partners.enumerated() {
      guard let partner, let other = rowOf[partner] else { continue }
      pairs += 1
      #expect(partners[other] == ids[row])
    }
    #expect(pairs > 20)
    #expect(homes.allSatisfy { $0 != nil })
    let mothers = Self.numbers(last, "mother").compactMap { $0 }
    #expect(mothers.count > 3)
  }

  @Test func `the comparison knows winners, losers and its own error`() throws {
    let outcome = try Self.outcome.get()
    let table = try #require(outcome.data.first { $0.name == "comparison" })
    let same = Self.rows(of: "same", in: table)
    #expect(Self.numbers(same, "difference").allSatisfy { $0 == nil || $0 == 0 })
    #expect(Self.numbers(same, "standard_error").contains { ($0 ?? 0) > 0 } == false)
    let later = Self.rows(of: "later", in: table)
    #expect(Self.numbers(later, "difference").contains { ($0 ?? 0) != 0 })
    #expect(outcome.notes.contains("leaves out"))
  }
}

extension String {
  /// The text with the first of a part replaced.
  func replacing(_ part: String, _ other: String) -> String {
    guard let range = firstRange(of: part) else { return self }
    return String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
  }
}
