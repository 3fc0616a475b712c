// SPDX-License-Identifier: Apache-2.0
import Formats
import Foundation
import Randomness
import Schemas
import Synthesis
import Tables

@testable import Semblance

/// A table with a category, scales that depend on it and on each other (the second never below the first),
/// a skip question with the scale it leads to, a label of the category and a sum.
enum GivenFixture {
  static let rowCount = 400

  static let table: Table = {
    var groups: [UInt32] = []
    var first: [Int64] = []
    var second: [Int64] = []
    var refused: [UInt8] = []
    var asked: [UInt32] = []
    var answers: [Double] = []
    for row in 0..<rowCount {
      var draws = RandomKey(seed: "known").stream("given").stream(entity: UInt64(row))
      let group = Draws.uniform(using: &draws) < 0.3 ? 1 : 0
      let x = Draws.normal(mean: group == 1 ? 60 : 40, standardDeviation: 8, using: &draws)
      groups.append(UInt32(group))
      first.append(Int64(x.rounded()))
      second.append(Int64(x.rounded()) + Int64(Draws.integer(below: 20, using: &draws)))
      refused.append(Draws.uniform(using: &draws) < (group == 1 ? 0.3 : 0.05) ? 1 : 0)
      asked.append(Draws.uniform(using: &draws) < (x > 50 ? 0.2 : 0.6) ? 0 : 1)
      answers.append(
        (10 * Draws.normal(mean: x / 10, standardDeviation: 1, using: &draws)).rounded() / 10)
    }
    return Table(columns: [
      Column(name: "group", values: .texts(codes: groups, pool: TextPool(["old", "new"]))),
      Column(
        name: "first", values: .wholeNumbers(first),
        missing: MissingCells(reasons: [MissingReason(code: "")], codes: refused)),
      Column(name: "second", values: .wholeNumbers(second)),
      Column(name: "asked", values: .texts(codes: asked, pool: TextPool(["no", "yes"]))),
      Column(
        name: "answer", values: .numbers(answers),
        missing: MissingCells(
          reasons: [MissingReason(code: "")], codes: asked.map { $0 == 0 ? 1 : 0 }),
        form: .number(NumberForm(decimals: 1))),
      Column(name: "label", values: .texts(codes: groups, pool: TextPool(["OLD", "NEW"]))),
    ])
  }()

  static func model(_ method: String) throws -> any Model {
    let schema = SchemaInference().infer(table)
    var options = FitOptions(threads: 2)
    options.method = method
    let input = RealInput(
      path: "given.csv", table: schema.markingMissing(in: table), schema: schema,
      dialect: .init(), diagnostics: [])
    return try Generator(fitting: input, options: options).model
  }

  /// The cells of a column as words: five stretches of a scale, or the level; empty where missing.
  static func words(_ table: Table, _ name: String) -> [String] {
    guard let column = table.column(named: name) else { return [] }
    let numbers = column.values.scaleValues
    let texts = numbers.isEmpty ? column.values.plainTexts : []
    return (0..<column.count).map { row in
      if column.missing.isMissing(at: row) { return "" }
      if numbers.isEmpty { return texts[row] }
      let cuts = name == "answer" ? [3.5, 4.5, 5.5, 6.5] : [35.0, 45, 55, 65]
      return String(cuts.count { $0 <= numbers[row] })
    }
  }

  /// How far apart two tables are: the summed differences of the shares in all tables of two variables.
  static func distance(_ first: [[String]], _ second: [[String]]) -> Double {
    var distance = 0.0
    for a in first.indices {
      for b in a..<first.count {
        var shares: [String: Double] = [:]
        for (x, y) in zip(first[a], first[b]) {
          shares["\(x)|\(y)", default: 0] += 1 / Double(first[a].count)
        }
        for (x, y) in zip(second[a], second[b]) {
          shares["\(x)|\(y)", default: 0] -= 1 / Double(second[a].count)
        }
        distance += shares.values.reduce(0) { $0 + $1.magnitude }
      }
    }
    return distance
  }

  /// How many standard deviations a distance lies above what chance gives: the rows of both tables are
  /// dealt out anew so many times.
  static func excess(_ first: Table, _ second: Table, permutations: Int = 30) -> Double {
    let names = first.columnNames.filter { $0 != "label" }
    // Words as numbers, so that dealing out costs little.
    let one = names.map { words(first, $0) }
    let two = names.map { words(second, $0) }
    let observed = distance(one, two)
    let all = zip(one, two).map { $0 + $1 }
    let count = first.rowCount
    var drawn: [Double] = []
    for permutation in 0..<permutations {
      var stream = RandomKey(seed: "deal").stream("rows").stream(entity: UInt64(permutation))
      var order = Array(0..<all[0].count)
      Draws.shuffle(&order, using: &stream)
      drawn.append(
        distance(
          all.map { column in order[..<count].map { column[$0] } },
          all.map { column in order[count...].map { column[$0] } }))
    }
    let mean = drawn.reduce(0, +) / Double(permutations)
    let variance = drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(permutations - 1)
    return (observed - mean) / variance.squareRoot()
  }

  /// A file in a folder of its own.
  static func file(_ text: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let url = folder.appendingPathComponent("partial.csv")
    try text.write(to: url, atomically: true, encoding: .utf8)
    return url.path
  }
}
