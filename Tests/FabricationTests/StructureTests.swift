// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import Tables
import Testing

@testable import Fabrication

/// The JSON is read by Foundation, which it is not written by.
@Suite struct StructureTests {
  static let text = """
    columns:
      age: ~ integer(0, 90)
      person:
        json:
          name: {by: person.name}
          age: age
          height: {value: "~ normal(1.7, 0.1)", decimals: 2}
          adult: age >= 18
          born: ~ uniform(1950-01-01, 1950-12-31)
          level: ~ categorical(low = 0.5, `hi"gh` = 0.5)
          mail: {by: person.email, missing: {rate: 0.5}}
          address: {json: {town: {by: place.town}, "line \\"1\\"\\n": {pattern: "[\\\\\\\\\\"\\t]{3}"}}}
          pair: [age, {by: id.uuid}]
      tags: {array: {by: person.given_name}, length: [0, 4]}
      dice: {array: "~ integer(1, 6)", length: 3}
      visits: {array: {json: {day: "~ uniform(2020-01-01, 2020-12-31)"}}, length: ~ poisson(2)}
    """

  static func cells(_ rows: Range<Int> = 0..<2000, _ text: String = text) throws -> [String:
    [String]]
  {
    let table = try Specification(yaml: text, file: "s").sample(
      rows: rows, key: RandomKey(seed: "json"))
    return Dictionary(
      uniqueKeysWithValues: table.columns.compactMap { column in
        guard case .texts(let codes, let pool) = column.values else { return nil }
        return (column.name, codes.map { pool[Int($0)] })
      })
  }

  static func parsed(_ text: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(text.utf8), options: [.fragmentsAllowed])
  }

  @Test func `objects are JSON, with each field as its own maker makes it`() throws {
    let table = try Specification(yaml: Self.text, file: "s").sample(
      rows: 0..<2000, key: RandomKey(seed: "json"))
    let ages = try SeveralTablesTests.wholes(table, "age")
    var missing = 0
    var levels: Set<String> = []
    for (row, cell) in try #require(Self.cells()["person"]).enumerated() {
      let object = try #require(try Self.parsed(cell) as? [String: Any])
      #expect(
        Set(object.keys) == [
          "name", "age", "height", "adult", "born", "level", "mail", "address", "pair",
        ])
      #expect(object["age"] as? Int == Int(ages[row]))
      #expect(object["adult"] as? Bool == (ages[row] >= 18))
      let height = try #require(object["height"] as? Double)
      #expect(abs(height * 100 - (height * 100).rounded()) < 1e-9 && 1...2.4 ~= height)
      #expect((object["born"] as? String)?.wholeMatch(of: /1950-\d\d-\d\d/) != nil)
      levels.insert(try #require(object["level"] as? String))
      if object["mail"] is NSNull {
        missing += 1
      } else {
        #expect((object["mail"] as? String)?.contains("@example.") == true)
      }
      let address = try #require(object["address"] as? [String: String])
      #expect(address["town"]?.isEmpty == false)
      #expect(address["line \"1\"\n"]?.wholeMatch(of: /[\\"\t]{3}/) != nil)
      let pair = try #require(object["pair"] as? [Any])
      #expect(pair.count == 2 && pair[0] as? Int == Int(ages[row]))
    }
    #expect(levels == ["low", "hi\"gh"])
    // n = 2000, probability ½: standard error 22.4, bound 5.
    #expect(abs(missing - 1000) < 112)
  }

  /// Lengths of 0...4 evenly: n = 2000, chi-square of 4 degrees of freedom, 33.4 at α = 10⁻⁶; dice by
  /// chi-square of 5, 35.9.
  @Test func `arrays have their lengths and their entries their law`() throws {
    let cells = try Self.cells()
    func statistic(_ values: [Int], _ levels: ClosedRange<Int>) -> Double {
      let expected = Double(values.count) / Double(levels.count)
      return levels.reduce(0) { sum, level in
        let found = Double(values.count { $0 == level })
        return sum + (found - expected) * (found - expected) / expected
      }
    }
    let tags = try #require(cells["tags"]).map { try #require(try Self.parsed($0) as? [String]) }
    #expect(statistic(tags.map(\.count), 0...4) < 33.4)
    #expect(tags.allSatisfy { $0.allSatisfy { !$0.isEmpty } })
    let dice = try #require(cells["dice"]).map { try #require(try Self.parsed($0) as? [Int]) }
    #expect(dice.allSatisfy { $0.count == 3 })
    for place in 0..<3 { #expect(statistic(dice.map { $0[place] }, 1...6) < 35.9) }
    // Entries are independent: no two places agree more often than 1 in 6 (standard error 16.7).
    #expect(abs(dice.count { $0[0] == $0[1] } - 333) < 84)
    let visits = try #require(cells["visits"]).map {
      try #require(try Self.parsed($0) as? [[String: String]])
    }
    let mean = Double(visits.reduce(0) { $0 + $1.count }) / 2000
    #expect(abs(mean - 2) < 5 * (2.0 / 2000).squareRoot())
  }

  @Test func `slices hold the same rows`() throws {
    let whole = try Self.cells(0..<200)
    let part = try Self.cells(60..<200)
    for name in ["person", "tags", "dice", "visits"] {
      #expect(part[name] == whole[name].map { Array($0[60...]) }, "\(name)")
    }
  }

  @Test(arguments: [
    ("a: {json: {}}", "field"), ("a: {json: 3}", "field"),
    ("a: {array: {by: id.uuid}}", "length: 3"),
    ("a: {array: {by: id.uuid}, length: 5000}", "smaller"),
    ("a: {array: {by: id.uuid}, length: [3, 1]}", "[0, 5]"),
    ("a: {array: {by: id.uuid}, length: \"'x'\"}", "number"),
    ("a: {json: {x: {by: nobody}}}", "Use one of"),
    ("a: {json: {x: {by: id.uuid}}, by: id.uuid}", "Keep one"),
    ("b: 1\n  a: {json: {x: {value: 1.5, missing: {when: b > 1}}}}", "rate: 0.1"),
  ]) func `what is no structure is refused`(column: String, remedy: String) {
    let error = #expect(throws: DataError.self) {
      try Specification(yaml: "columns:\n  " + column, file: "s")
    }
    #expect(error?.remedy.contains(remedy) == true, "\(String(describing: error))")
    #expect((error?.line ?? 0) >= 2)
  }

  // MARK: Markov

  static let sentences = [
    "the cat sat on the mat", "the dog sat on the cat", "a dog saw the mat", "the cat saw a dog",
  ]

  static func made(_ order: Int, of unit: String = "words", count: Int = 20_000) throws -> [String]
  {
    let list = sentences.map { "\"\($0)\"" }.joined(separator: ", ")
    let text = "columns: {x: {markov: {order: \(order), of: \(unit), texts: [\(list)]}}}"
    return try #require(try cells(0..<count, text)["x"])
  }

  @Test(arguments: [(1, "words"), (2, "words"), (3, "characters"), (1, "characters")])
  func `every run of a text is one of the texts that were given`(order: Int, unit: String) throws {
    func pieces(_ text: String) -> [String] {
      let list =
        unit == "words" ? text.split(separator: " ").map(String.init) : text.map { String($0) }
      return Array(repeating: "^", count: order) + list + ["$"]
    }
    func runs(_ text: String) -> [[String]] {
      let list = pieces(text)
      return (0..<list.count - order).map { Array(list[$0...$0 + order]) }
    }
    let known = Set(Self.sentences.flatMap(runs))
    let made = try Self.made(order, of: unit, count: 3000)
    var seen: Set<[String]> = []
    for text in made {
      // A text that was cut has no end.
      let isCut = unit == "words" ? text.split(separator: " ").count == 50 : text.count == 300
      let found = isCut ? Array(runs(text).dropLast()) : runs(text)
      seen.formUnion(found)
      #expect(known.isSuperset(of: found), "\(text)")
    }
    #expect(seen.isSuperset(of: known))
  }

  /// After "the" come cat 3, mat 2 and dog 1 of 6: chi-square of 2 degrees of freedom, 27.6 at α = 10⁻⁶.
  @Test func `what follows comes as often as in the texts`() throws {
    var counts = ["cat": 0.0, "mat": 0, "dog": 0]
    for text in try Self.made(1) {
      let words = text.split(separator: " ")
      if let place = words.firstIndex(of: "the"), place + 1 < words.count {
        counts[String(words[place + 1]), default: 0] += 1
      }
    }
    let total = counts.values.reduce(0, +)
    let statistic = [("cat", 3.0), ("mat", 2), ("dog", 1)].reduce(0.0) { sum, entry in
      let expected = total * entry.1 / 6
      let found = counts[entry.0] ?? 0
      return sum + (found - expected) * (found - expected) / expected
    }
    #expect(counts.count == 3 && statistic < 27.6, "\(counts)")
  }

  @Test(arguments: [
    ("{texts: [a b]}", "order: 2"), ("{order: 0, texts: [a b]}", "order"), ("{order: 1}", "texts"),
    ("{order: 1, texts: [\"\"]}", "sentences"), ("{order: 1, of: lines, texts: [a]}", "words"),
    ("{order: 1, from: x.txt}", "into the specification"), ("{order: 1, text: [a]}", "texts"),
    ("2", "order: 2"),
  ]) func `what is no chain is refused`(entry: String, remedy: String) {
    let error = #expect(throws: DataError.self) {
      try Specification(yaml: "columns:\n  a: {markov: \(entry)}", file: "s")
    }
    #expect(error?.remedy.contains(remedy) == true, "\(String(describing: error))")
  }
}
