// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables
import Testing

@testable import Fabrication

@Suite struct RuleTests {
  static let text = """
    columns:
      name: {by: person.name}
      start: ~ integer(0, 99)
      end: ~ integer(0, 99)
      length: end - start
      other: ~ normal(0, 1)
    rules:
      - end >= start
    """

  static func table(_ text: String, _ rows: Range<Int>, seed: String = "r") throws -> Table {
    try Specification(yaml: text, file: "s").sample(rows: rows, key: RandomKey(seed: seed))
  }

  static func wholes(_ table: Table, _ name: String) throws -> [Int64] {
    try SeveralTablesTests.wholes(table, name)
  }

  /// Of pairs of 0...99, each with end ≥ start is as likely: the mean of `end` is 66 (n = 20,000, sd 23.7,
  /// five standard errors 0.84), that of `end − start` 33 (sd 23.7), 0 comes with probability 100/5050.
  @Test func `rows that break a rule are drawn again until the law is that of the rule`() throws {
    let table = try Self.table(Self.text, 0..<20_000)
    let starts = try Self.wholes(table, "start")
    let ends = try Self.wholes(table, "end")
    let lengths = try Self.wholes(table, "length")
    #expect(zip(starts, ends).allSatisfy { $0 <= $1 })
    #expect(lengths == zip(starts, ends).map { $1 - $0 })
    func mean(_ list: [Int64]) -> Double { Double(list.reduce(0, +)) / Double(list.count) }
    #expect(abs(mean(ends) - 66) < 0.84 && abs(mean(lengths) - 33) < 0.84)
    let share = Double(lengths.count { $0 == 0 }) / 20_000
    let expected = 100.0 / 5050
    #expect(abs(share - expected) < 5 * (expected * (1 - expected) / 20_000).squareRoot())
  }

  @Test func `a rule changes no row that keeps it, and no column that it does not name`() throws {
    let with = try Self.table(Self.text, 0..<2000)
    let without = try Self.table(
      String(Self.text.split(separator: "\n").dropLast(2).joined(separator: "\n")), 0..<2000)
    #expect(with.column(named: "other") == without.column(named: "other"))
    #expect(with.column(named: "name") == without.column(named: "name"))
    let starts = try Self.wholes(without, "start")
    let ends = try Self.wholes(without, "end")
    let kept = (0..<2000).filter { starts[$0] <= ends[$0] }
    let new = (try Self.wholes(with, "start"), try Self.wholes(with, "end"))
    #expect(kept.allSatisfy { new.0[$0] == starts[$0] && new.1[$0] == ends[$0] })
    #expect(kept.count < 1200)
  }

  @Test func `slices hold the same rows, however rare the rule is`() throws {
    let text = Self.text + "\n  - start + end == 7 or start + end == 190"
    let whole = try Self.table(text, 0..<400)
    for name in ["start", "end", "length"] {
      let all = try Self.wholes(whole, name)
      for range in [0..<1, 1..<150, 399..<400] {
        #expect(try Self.wholes(Self.table(text, range), name) == Array(all[range]))
      }
    }
    let sums = zip(try Self.wholes(whole, "start"), try Self.wholes(whole, "end")).map { $0 + $1 }
    #expect(sums.allSatisfy { $0 == 7 || $0 == 190 })
  }

  @Test func `order keeps columns in order, dates too`() throws {
    let text = """
      columns:
        born: ~ uniform(1950-01-01, 2000-12-31)
        "first visit": ~ uniform(1950-01-01, 2020-12-31)
        died: {value: "~ uniform(1950-01-01, 2020-12-31)", missing: {rate: 0.5}}
      order: [born, first visit, died]
      """
    let table = try Self.table(text, 0..<2000)
    let days = table.columns.map { column -> [Int32] in
      if case .dates(let list) = column.values { list } else { [] }
    }
    #expect((0..<2000).allSatisfy { days[0][$0] <= days[1][$0] && days[1][$0] <= days[2][$0] })
    #expect(table.columns[2].missing.count > 800)
  }

  @Test func `a rule that no row keeps is named with its share, and its place`() throws {
    let error = #expect(throws: DataError.self) {
      try Self.table(
        "columns:\n  a: ~ normal(0, 1)\n  b: ~ normal(0, 1)\nrules:\n  near: abs(a - b) < 3\n"
          + "  far: a > b + 20", 0..<10)
    }
    #expect(error?.message.contains("none of") == true && error?.message.contains("`far`") == true)
    #expect(error?.message.contains("all 2 rules") == true)
    #expect(error?.line == 6 && error?.position == 8)
  }

  @Test func `rules of tables see parents, and rows below see what was drawn again`() throws {
    let text = """
      tables:
        household:
          rows: 300
          key: id
          columns:
            id: {sequence: 1}
            low: ~ integer(10, 50)
            high: ~ integer(10, 50)
            oldest: max(person.age)
            spread: ~ integer(0, 40)
          order: [low, high]
          rules: ["oldest + spread > 30"]
        person:
          parents:
            household: {each: 2}
          columns:
            age: ~ integer(household.low, household.high)
            income: ~ integer(0, 1000)
          rules:
            - income >= household.low * 10
      """
    for seed in ["a", "b", "c"] {
      let made = try SeveralTablesTests.made(text, seed: seed)
      let household = try #require(made["household"])
      let person = try #require(made["person"])
      let low = try Self.wholes(household, "low")
      let high = try Self.wholes(household, "high")
      let ages = try Self.wholes(person, "age")
      let incomes = try Self.wholes(person, "income")
      let oldest = try Self.wholes(household, "oldest")
      let spread = try Self.wholes(household, "spread")
      for row in 0..<300 {
        #expect(low[row] <= high[row] && oldest[row] + spread[row] > 30)
        #expect(oldest[row] == max(ages[2 * row], ages[2 * row + 1]))
        for member in [2 * row, 2 * row + 1] {
          #expect((low[row]...high[row]).contains(ages[member]) && incomes[member] >= low[row] * 10)
        }
      }
    }
  }

  @Test func `a rule over the rows below draws the row above again`() throws {
    let text = """
      tables:
        shop:
          rows: 200
          columns:
            floor: ~ integer(0, 30)
            total: sum(sale.price) + floor
          rules: ["total > 40", "floor < sum(sale.price)"]
        sale:
          parents: {shop: {each: 3}}
          columns:
            price: ~ integer(10, 20)
      """
    let made = try SeveralTablesTests.made(text)
    let totals = try SeveralTablesTests.wholes(made["shop"], "total")
    let floors = try SeveralTablesTests.wholes(made["shop"], "floor")
    let prices = try SeveralTablesTests.wholes(made["sale"], "price")
    for row in 0..<200 {
      let sum = prices[3 * row] + prices[3 * row + 1] + prices[3 * row + 2]
      #expect(totals[row] == sum + floors[row] && totals[row] > 40 && floors[row] < sum)
    }
  }

  static let handmade = """
    rows: 60
    columns:
      age: ~ integer(0, 90)
      works: ~ bernoulli(0.5)
      income: ~ integer(0, 1000)
    rules:
      grown up: age >= 16 or not works
      paid: works or income == 0
    given:
      - {age: 10, works: false, income: "*"}
      - {age: "*", works: true, income: 3}
      - {rows: [{age: 5, works: true, income: 7}], breaks: grown up, notes: a child at work}
    scenarios:
      three that break rule 2: {rows: 3, breaks: 2, notes: paid for nothing}
    vary: {rows: 20, alike: 0.7}
    """

  @Test func `typed cells stay, stars are drawn again, and scenarios break the rules they name`()
    throws
  {
    for seed in ["a", "b", "c", "d"] {
      let table = try Self.table(Self.handmade, 0..<60, seed: seed)
      let ages = try Self.wholes(table, "age")
      let incomes = try Self.wholes(table, "income")
      guard case .booleans(let works)? = table.column(named: "works")?.values else {
        return #expect(Bool(false))
      }
      #expect(ages[0] == 10 && !works[0] && incomes[0] == 0)
      #expect(ages[1] >= 16 && works[1] && incomes[1] == 3)
      #expect(ages[2] == 5 && works[2] && incomes[2] == 7)
      for row in 3..<6 {
        #expect(!works[row] && incomes[row] != 0)
      }
      for row in 26..<60 {
        #expect(ages[row] >= 16 || !works[row])
        #expect(works[row] || incomes[row] == 0)
      }
    }
  }

  @Test(arguments: [
    ("rules: [a > b]\ngiven: [{a: 1, b: 2}]", "the row made by hand breaks the rule `a > b`", 4),
    (
      "rules: [a > b]\ngiven: [{rows: [{a: 3, b: 2}], breaks: a > b}]",
      "which it is to break", 4
    ),
    ("rules: [a > 0]\ngiven: [{a: 1}]\nscenarios: {x: {values: {a: \"0\"}}}", "breaks the rule", 5),
  ]) func `rows by hand are checked and never altered`(
    text: String, message: String, line: Int
  ) throws {
    let whole = "columns: {a: \"~ integer(1, 9)\", b: \"~ integer(0, 9)\"}\nrows: 9\n" + text
    let error = #expect(throws: DataError.self) { try Self.table(whole, 0..<9) }
    #expect(error?.message.contains(message) == true, "\(String(describing: error))")
    #expect(error?.line == line, "\(String(describing: error))")
  }

  @Test(arguments: [
    ("rules: [a > ]", 2, 12, "Write a value"), ("rules: [a + 1]", 2, 9, "Compare"),
    ("rules: [aa > 1]", 2, 9, "`a`"), ("rules: [[a]]", 2, 9, "condition"),
    ("rules: [a > 1, a > 1]", 2, 16, "once"), ("rules: [1 > 0]", 2, 9, "Name one"),
    ("order: [a]", 2, 8, "two or more"), ("order: [a, bb]", 2, 8, "`b`"),
    ("order: [a, c]", 2, 8, ""), ("rulez: [a > 0]", 2, 1, "rules"),
    ("scenarios: {x: {breaks: y}}", 2, 13, "Add it"),
    ("rules: {p: a > 0}\nscenarios: {x: {breaks: q}}", 3, 13, "`p`"),
  ]) func `what is no rule is refused with its place`(
    text: String, line: Int, position: Int, remedy: String
  ) {
    let whole = "columns: {a: 1, b: 2, c: 2020-01-01}\n" + text
    let error = #expect(throws: DataError.self) { try Specification(yaml: whole, file: "s") }
    #expect(error?.line == line && error?.position == position, "\(String(describing: error))")
    #expect(error?.remedy.contains(remedy) == true, "\(String(describing: error))")
  }

  @Test func `what cannot be drawn again is refused`() {
    let own = """
      tables:
        staff:
          rows: 9
          parents: {boss: {table: staff}}
          columns:
            id: {sequence: 1}
            age: ~ integer(20, 60)
          rules: [age < boss.age]
      """
    let error = #expect(throws: DataError.self) { try Specification(yaml: own, file: "s") }
    #expect(error?.line == 8 && error?.message.contains("one table") == true)
    let circle = """
      tables:
        a:
          rows: 9
          columns:
            x: ~ integer(1, 9)
          rules: [x < sum(b.y)]
        b:
          parents: {a: {each: 2}}
          columns:
            y: ~ integer(0, a.x)
      """
    let other = #expect(throws: DataError.self) { try Specification(yaml: circle, file: "s") }
    #expect(other?.line == 6 && other?.message.contains("waits") == true)
    #expect(throws: DataError.self) {
      try Self.table("columns: {id: {sequence: 1}}\nrules: [id < 5]", 0..<9)
    }
  }
}
