// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables
import Testing

@testable import Fabrication

@Suite struct SeveralTablesTests {
  static let text = """
    fabricate: 1
    tables:
      household:
        rows: 400
        key: id
        columns:
          id: {sequence: 1}
          size: ~ integer(1, 6)
          adults: count(person, age >= 18)
          income: sum(person.income)
      person:
        key: [household_id, number]
        parents:
          household: {each: size}
        columns:
          household_id: household.id
          number: {sequence: {within: household}}
          age: ~ integer(0, 90)
          income: if(age < 18, 0.0, 1000.0 * household.size)
      staff:
        rows: 50
        key: id
        parents:
          boss: {table: staff}
        columns:
          id: {pattern: "[A-Z]{2}", unique: true}
          boss_id: boss.id
      visit:
        rows: 300
        key: [household_id, staff_id]
        parents:
          household: {weight: size}
          staff: {}
        columns:
          household_id: household.id
          staff_id: staff.id
    """

  static func made(_ text: String = text, seed: String = "a") throws -> [String: Table] {
    let dataset = try Specification(yaml: text, file: "spec.yaml").tables(
      key: RandomKey(seed: seed))
    return Dictionary(uniqueKeysWithValues: dataset.tables.map { ($0.name, $0) })
  }

  static func wholes(_ table: Table?, _ name: String) throws -> [Int64] {
    let column = try #require(table?.column(named: name))
    guard case .wholeNumbers(let list) = column.values else {
      Issue.record("\(name) holds no whole numbers")
      return []
    }
    return list
  }

  static func texts(_ table: Table?, _ name: String) throws -> [String?] {
    let column = try #require(table?.column(named: name))
    guard case .texts(let codes, let pool) = column.values else { return [] }
    return codes.indices.map { column.missing.isMissing(at: $0) ? nil : pool[Int(codes[$0])] }
  }

  @Test func `each household has as many persons as its size says`() throws {
    let tables = try Self.made()
    let sizes = try Self.wholes(tables["household"], "size")
    let owners = try Self.wholes(tables["person"], "household_id")
    let numbers = try Self.wholes(tables["person"], "number")
    #expect(owners.count == Int(sizes.reduce(0, +)))
    for (row, size) in sizes.enumerated() {
      let own = owners.indices.filter { owners[$0] == Int64(row + 1) }
      #expect(own.map { numbers[$0] } == Array(1...size))
    }
  }

  @Test func `a parent adds up its children`() throws {
    let tables = try Self.made()
    let ages = try Self.wholes(tables["person"], "age")
    let owners = try Self.wholes(tables["person"], "household_id")
    let sizes = try Self.wholes(tables["household"], "size")
    let adults = try Self.wholes(tables["household"], "adults")
    guard case .numbers(let incomes)? = tables["household"]?.column(named: "income")?.values else {
      return #expect(Bool(false))
    }
    for row in sizes.indices {
      let count = owners.indices.count { owners[$0] == Int64(row + 1) && ages[$0] >= 18 }
      #expect(adults[row] == Int64(count))
      #expect(incomes[row] == Double(count) * 1000 * Double(sizes[row]))
    }
  }

  @Test func `a table's own rows form a tree: everybody's boss comes before, the first has none`()
    throws
  {
    let staff = try Self.made()["staff"]
    let ids = try Self.texts(staff, "id").compactMap { $0 }
    let bosses = try Self.texts(staff, "boss_id")
    #expect(Set(ids).count == 50)
    #expect(bosses.filter { $0 == nil }.count == 1 && bosses[0] == nil)
    for (row, boss) in bosses.enumerated().dropFirst() {
      #expect(ids.firstIndex { $0 == boss }.map { $0 < row } == true)
    }
  }

  @Test func `a key of two parents' keys has no pair twice, and all its parents exist`() throws {
    let tables = try Self.made()
    let households = try Self.wholes(tables["visit"], "household_id")
    let staff = try Self.texts(tables["visit"], "staff_id").compactMap { $0 }
    #expect(Set(zip(households, staff).map { "\($0) \($1)" }).count == 300)
    #expect(households.allSatisfy { (1...400).contains($0) })
    #expect(Set(staff).isSubset(of: try Self.texts(tables["staff"], "id").compactMap { $0 }))
  }

  @Test func `a full table of pairs is possible, and one more is refused`() throws {
    func text(_ rows: Int) -> String {
      """
      tables:
        a: {rows: 4, key: id, columns: {id: {sequence: 1}}}
        b: {rows: 5, key: id, columns: {id: {sequence: 1}}}
        pair: {rows: \(rows), key: [a_id, b_id], parents: {a: {}, b: {}}, columns: {a_id: a.id, b_id: b.id}}
      """
    }
    let pairs = try Self.made(text(20))["pair"]
    let a = try Self.wholes(pairs, "a_id")
    let b = try Self.wholes(pairs, "b_id")
    #expect(Set(zip(a, b).map { $0 * 10 + $1 }).count == 20)
    #expect(throws: DataError.self) { try Self.made(text(21)) }
  }

  /// Weight 3 against 1 on 20,000 rows: 15,000 expected, standard error 61, bound 5.
  @Test func `parents are chosen by their weights`() throws {
    let text = """
      tables:
        area: {rows: 2, key: id, columns: {id: {sequence: 1}, w: "if(id == 1, 3, 1)"}}
        home: {rows: 20000, parents: {area: {weight: w}}, columns: {area_id: area.id}}
      """
    let areas = try Self.wholes(try Self.made(text)["home"], "area_id")
    #expect(abs(areas.count { $0 == 1 } - 15_000) < 305)
  }

  @Test func `a repeated key is refused, with the table named`() {
    let text = "tables:\n  t: {rows: 50, key: x, columns: {x: \"~ integer(1, 3)\"}}"
    let error = #expect(throws: DataError.self) { try Self.made(text) }
    #expect(error?.message.contains("`t`") == true)
  }

  @Test(arguments: [
    ("tables:\n  a: {columns: {x: 1}, parents: {b: {}}}", "there is no table `b`"),
    (
      "tables:\n  a: {columns: {x: 1}, parents: {b: {}}}\n  b: {columns: {x: 1}, parents: {a: {}}}",
      "wait for each other"
    ),
    ("tables:\n  a: {columns: {x: b.y}}", "no parent"),
    ("tables:\n  a: {columns: {x: y + 1, y: x + 1}}", "no column `y`"),
    ("tables:\n  a: {key: z, columns: {x: 1}}", "no column `z`"),
    (
      "tables:\n  a: {rows: 5, parents: {b: {each: 2}}, columns: {x: 1}}\n  b: {columns: {x: 1}}",
      "`rows`"
    ),
    ("tables:\n  a: {parents: {a: {each: 2}}, columns: {x: 1}}", "no end"),
    (
      "tables:\n  a: {parents: {b: {weight: x}}, columns: {x: 1}}\n  b: {columns: {x: \"'k'\"}}",
      "`weight` is"
    ),
    (
      "tables:\n  a: {parents: {b: {optional: 3}}, columns: {x: 1}}\n  b: {columns: {x: 1}}",
      "`optional`"
    ),
    ("tables:\n  a: {colums: {x: 1}}", "unknown key `colums`"),
    ("tables:\n  a: {columns: {x: {by: person.email, unique: true}}}", "different values"),
    ("tables:\n  a: {columns: {x: {pattern: \"a*\", unique: true}}}", "no end of texts"),
    ("tables:\n  a: {columns: {x: {sequence: {within: b}}}}", "no parent `b`"),
    ("rows: 5\ntables:\n  a: {columns: {x: 1}}", "beside"),
    ("tables: 5", "no mapping"), ("tables:\n  a: 5", "no mapping"),
  ]) func `a broken specification of several tables is refused`(text: String, part: String) {
    let error = #expect(throws: DataError.self) {
      try Specification(yaml: text, file: "spec.yaml")
    }
    #expect(error?.message.contains(part) == true, "\(String(describing: error))")
    #expect((error?.line ?? 0) > 0 && error?.remedy.isEmpty == false)
  }
}
