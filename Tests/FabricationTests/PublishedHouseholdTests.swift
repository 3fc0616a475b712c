// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables
import Testing

@testable import Fabrication

/// Households and persons together, to tables of both that come from a population that is known.
@Suite struct PublishedHouseholdTests {
  /// 20,000 households whose regions, sizes and tenures hang together, and whose persons' ages and
  /// sexes hang on them.
  struct Known {
    var households: [[String: String]] = []
    var persons: [[String: String]] = []

    init() {
      let stream = RandomKey(seed: "known").stream("households")
      for number in 0..<20_000 {
        var draws = stream.stream(entity: UInt64(number))
        func pick(_ list: [(String, Double)]) -> String {
          var share = Draws.uniform(using: &draws) * list.reduce(0) { $0 + $1.1 }
          for (level, weight) in list {
            share -= weight
            if share < 0 { return level }
          }
          return list[list.count - 1].0
        }
        let region = pick([("north", 3), ("south", 5), ("west", 2)])
        let size = pick(
          region == "south"
            ? [("1", 4), ("2", 3), ("3", 1), ("4", 1)] : [("1", 2), ("2", 3), ("3", 2), ("4", 2)])
        let tenure = pick(size == "1" ? [("rent", 3), ("own", 1)] : [("rent", 1), ("own", 2)])
        let household = ["region": region, "size": size, "tenure": tenure]
        households.append(household)
        for _ in 0..<(Int(size) ?? 0) {
          // Nobody lives alone as a child; large households are young, owners are old.
          let age = pick([
            ("0-15", size == "1" ? 0 : size == "2" ? 1 : 4), ("16-64", 6),
            ("65+", tenure == "own" ? 3 : 1),
          ])
          let sex = pick([("f", age == "65+" ? 3 : 1), ("m", age == "65+" ? 2 : 1)])
          var person = ["age": age, "sex": sex]
          for (name, level) in household { person["household." + name] = level }
          persons.append(person)
        }
      }
    }

    static func counts(_ rows: [[String: String]], _ names: [String]) -> [[String]: Int] {
      rows.reduce(into: [:]) { counts, row in
        counts[names.map { row[$0] ?? "" }, default: 0] += 1
      }
    }

    /// A table as the specification has it inline.
    static func table(_ rows: [[String: String]], _ names: [String]) -> String {
      func nested(_ part: [([String], Int)], _ depth: Int) -> String {
        guard depth < names.count else { return String(part.reduce(0) { $0 + $1.1 }) }
        let levels = Set(part.map { $0.0[depth] }).sorted()
        return "{"
          + levels.map { level in
            "\"\(level)\": " + nested(part.filter { $0.0[depth] == level }, depth + 1)
          }.joined(separator: ", ") + "}"
      }
      let counts = counts(rows, names).map { ($0.key, $0.value) }
      return "{of: [\(names.joined(separator: ", "))], counts: \(nested(counts, 0))}"
    }
  }

  static let known = Known()
  static let householdTables = [["region", "size"], ["region", "tenure"], ["tenure", "size"]]
  static let personTables = [
    ["age", "sex"], ["household.region", "age"], ["household.size", "age"],
    ["household.tenure", "age", "sex"],
  ]

  static func text(_ rows: String = "") -> String {
    """
    tables:
      household:
        key: id\(rows)
        published:
    \(householdTables.map { "      - " + Known.table(known.households, $0) }.joined(separator: "\n"))
        columns:
          id: {sequence: 1}
          region: {by: published}
          size: {by: published}
          tenure: {by: published}
      person:
        key: [household_id, number]
        parents: {household: {each: size}}
        published:
    \(personTables.map { "      - " + Known.table(known.persons, $0) }.joined(separator: "\n"))
        columns:
          household_id: household.id
          number: {sequence: {within: household}}
          age: {by: published}
          sex: {by: published}
    """
  }

  @Test func `the fit recovers the controls of both levels to less than 0.5 per cent`() throws {
    let specification = try Specification(yaml: Self.text(), file: "s")
    var count = 0
    for figure in specification.publishedFigures {
      #expect(
        abs(figure.residual) <= 0.005 * max(1, figure.published),
        "\(figure.name): \(figure.population) for \(figure.published)")
      count += 1
    }
    // 12 + 6 + 8 cells of households, 6 + 9 + 12 + 12 of persons.
    #expect(count == 65)
  }

  /// Rows are whole: each cell of households is met to within one for each combination that is in it,
  /// cells of persons to 0.5 per cent or a few.
  @Test func `the rows of both tables agree with the tables of both levels`() throws {
    let dataset = try Specification(yaml: Self.text(), file: "s").tables(
      key: RandomKey(seed: "rows"))
    let household = try #require(dataset.tables.first { $0.name == "household" })
    let person = try #require(dataset.tables.first { $0.name == "person" })
    var households: [[String: String]] = Array(repeating: [:], count: household.rowCount)
    for name in ["region", "size", "tenure"] {
      for (row, level) in try SeveralTablesTests.texts(household, name).enumerated() {
        households[row][name] = level
      }
    }
    var persons: [[String: String]] = Array(repeating: [:], count: person.rowCount)
    let owners = try SeveralTablesTests.wholes(person, "household_id")
    for name in ["age", "sex"] {
      for (row, level) in try SeveralTablesTests.texts(person, name).enumerated() {
        persons[row][name] = level
      }
    }
    for (row, owner) in owners.enumerated() {
      for (name, level) in households[Int(owner) - 1] { persons[row]["household." + name] = level }
    }
    #expect(households.count == 20_000)
    #expect(abs(persons.count - Self.known.persons.count) <= 40)
    func compare(
      _ made: [[String: String]], _ real: [[String: String]], _ names: [String], slack: Double
    ) {
      let own = Known.counts(made, names)
      for (levels, count) in Known.counts(real, names) {
        let difference = abs(Double(own[levels, default: 0] - count))
        #expect(
          difference <= max(slack, 0.005 * Double(count)),
          "\(levels): \(own[levels] ?? 0), \(count)")
      }
      #expect(Set(own.keys).isSubset(of: Set(Known.counts(real, names).keys)))
    }
    for names in Self.householdTables {
      compare(households, Self.known.households, names, slack: 8)
    }
    for names in Self.personTables { compare(persons, Self.known.persons, names, slack: 24) }
    // No child lives alone, because no table has one.
    #expect(!persons.contains { $0["household.size"] == "1" && $0["age"] == "0-15" })
  }

  @Test func `an open size holds as many persons as the persons' tables ask for`() throws {
    let text = """
      tables:
        home:
          published: [{of: [size], counts: {"1": 50, "2": 30, "3+": 20}}]
          columns: {size: {by: published}}
        person:
          parents: {home: {each: size}}
          published: [{of: [sex], counts: {f: 105, m: 95}}]
          columns: {sex: {by: published}}
      """
    // 50 + 60 leave 90 persons for 20 homes: 4.5 each.
    let dataset = try Specification(yaml: text, file: "s").tables(key: RandomKey(seed: "o"))
    #expect(abs(dataset.tables[1].rowCount - 200) <= 4)
    let sizes = try SeveralTablesTests.texts(dataset.tables[0], "size")
    #expect(sizes.count { $0 == "3+" } == 20 && sizes.count == 100)
  }

  @Test(arguments: [
    // 100 homes of two persons are not 150 persons.
    (
      "[{of: [size], counts: {\"2\": 100}}]", "[{of: [sex], counts: {f: 75, m: 75}}]",
      "`size` and `sex` cannot be met together"
    ),
    (
      "[{of: [size], counts: {two: 100}}]", "[{of: [sex], counts: {f: 75, m: 75}}]",
      "no number of persons"
    ),
    (
      "[{of: [size], counts: {\"2\": 100}}]",
      "[{of: [home.region, sex], counts: {n: {f: 75, m: 75}}}]", "no table of households counts"
    ),
  ]) func `levels that do not fit each other are named`(
    households: String, persons: String, part: String
  ) {
    let text = """
      tables:
        home: {published: \(households), columns: {size: {by: published}}}
        person: {parents: {home: {each: size}}, published: \(persons), columns: {sex: {by: published}}}
      """
    let error = #expect(throws: DataError.self) { try Specification(yaml: text, file: "s") }
    #expect(error?.message.contains(part) == true, "\(String(describing: error))")
  }
}
