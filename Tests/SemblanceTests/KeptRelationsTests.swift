// SPDX-License-Identifier: Apache-2.0
import Formats
import Randomness
import Synthesis
import Tables
import Testing

@testable import Semblance

@Suite struct `Relations kept in every synthetic row` {
  private static let drawnCount = 2000

  /// A file of rows made one by one, and the cells of a run of its generator by column.
  private static func drawn(
    _ header: [String], count: Int = 800, row: (Int, inout RandomStream) -> [String]
  ) throws -> [String: [String]] {
    let key = RandomKey(seed: header.joined())
    let rows = (0..<count).map { index -> [String] in
      var draws = key.stream("rows").stream(entity: UInt64(index))
      return row(index, &draws)
    }
    let generator = try RealFile(header: header, rows: rows).generator()
    let loaded = try Generator(decoding: try generator.encoded(), name: "g")
    let lines = try loaded.csv(0..<drawnCount).fileLines.dropFirst()
    var columns: [String: [String]] = [:]
    for line in lines {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      for (name, cell) in zip(header, cells) { columns[name, default: []].append(cell) }
    }
    return columns
  }

  private static func number(_ columns: [String: [String]], _ name: String, _ row: Int) -> Double? {
    columns[name].flatMap { Double($0[row]) }
  }

  @Test func `a sum, a difference and a share hold`() throws {
    let columns = try Self.drawn(["food", "rent", "total", "earned", "left", "share"]) { _, draws in
      let food = 100 + Draws.integer(below: 400, using: &draws)
      let rent = 300 + Draws.integer(below: 900, using: &draws)
      let left = Draws.integer(below: 1500, using: &draws)
      let total = food + rent
      let share = (1000 * Double(food) / Double(total)).rounded() / 10
      return ["\(food)", "\(rent)", "\(total)", "\(total + left)", "\(left)", "\(share)"]
    }
    var broken = 0
    for row in 0..<Self.drawnCount {
      let food = try #require(Self.number(columns, "food", row))
      let rent = try #require(Self.number(columns, "rent", row))
      let total = try #require(Self.number(columns, "total", row))
      let earned = try #require(Self.number(columns, "earned", row))
      let left = try #require(Self.number(columns, "left", row))
      if food + rent != total || earned - total != left { broken += 1 }
    }
    #expect(broken == 0)
  }

  @Test func `a body mass index holds within its decimals, and is missing with its parts`() throws {
    let columns = try Self.drawn(["height", "weight", "bmi"]) { index, draws in
      let height = Draws.normal(mean: 170, standardDeviation: 9, using: &draws).rounded()
      let weight =
        (Draws.normal(mean: 75, standardDeviation: 12, using: &draws) * 10).rounded() / 10
      if index % 20 == 0 { return ["\(Int(height))", "", ""] }
      let bmi = (weight / (height / 100 * height / 100) * 10).rounded() / 10
      return ["\(Int(height))", "\(weight)", "\(bmi)"]
    }
    var missing = 0
    var broken = 0
    for row in 0..<Self.drawnCount {
      let weight = Self.number(columns, "weight", row)
      let bmi = Self.number(columns, "bmi", row)
      if (weight == nil) != (bmi == nil) { broken += 1 }
      guard let height = Self.number(columns, "height", row), let weight, let bmi else {
        missing += 1
        continue
      }
      if abs(weight / (height / 100 * height / 100) - bmi) > 0.0500001 { broken += 1 }
    }
    #expect(broken == 0)
    // 4.9 standard errors around one in twenty.
    #expect(abs(Double(missing) - 100) < 4.9 * (100 * 0.95).squareRoot())
  }

  @Test func `start never lies after end, for dates and for numbers of unlike decimals`() throws {
    let columns = try Self.drawn(["start", "end", "low", "high"]) { _, draws in
      let start = Draws.integer(below: 500, using: &draws)
      let low = (Draws.uniform(using: &draws) * 10000).rounded() / 100
      let high = (low + Draws.exponential(rate: 0.1, using: &draws)).rounded(.up)
      return [
        RealFile.date(start), RealFile.date(start + Draws.integer(below: 40, using: &draws)),
        "\(low)", "\(Int(high))",
      ]
    }
    var broken = 0
    for row in 0..<Self.drawnCount {
      let start = try #require(columns["start"]?[row])
      let end = try #require(columns["end"]?[row])
      let low = try #require(Self.number(columns, "low", row))
      let high = try #require(Self.number(columns, "high", row))
      if start > end || low > high { broken += 1 }
    }
    #expect(broken == 0)
  }

  @Test func `codes keep their labels, words or numbers, ordered or not`() throws {
    let labels = ["none", "some", "many", "all", "odd", "even"]
    let columns = try Self.drawn(["grade", "name", "band", "rate"]) { _, draws in
      let grade = Draws.integer(below: 6, using: &draws)
      return ["\(grade)", labels[grade], grade < 3 ? "lower" : "upper", "\(grade * grade * 10)"]
    }
    var broken = 0
    for row in 0..<Self.drawnCount {
      let grade = try #require(columns["grade"].flatMap { Int($0[row]) })
      let isKept =
        columns["name"]?[row] == labels[grade]
        && columns["band"]?[row] == (grade < 3 ? "lower" : "upper")
        && columns["rate"]?[row] == "\(grade * grade * 10)"
      if !isKept { broken += 1 }
    }
    #expect(broken == 0)
  }

  @Test func `what does not apply stays empty, and reasons keep their rates`() throws {
    let count = 3000
    let columns = try Self.drawn(["works", "hours", "pay"], count: count) { _, draws in
      let isWorking = Draws.uniform(using: &draws) < 0.7
      guard isWorking else { return ["no", "", ""] }
      let isRefused = Draws.uniform(using: &draws) < 0.2
      return [
        "yes", "\(10 + Draws.integer(below: 40, using: &draws))",
        isRefused ? "-9" : "\(500 + Draws.integer(below: 3000, using: &draws))",
      ]
    }
    var working = 0.0
    var refused = 0.0
    var broken = 0
    for row in 0..<Self.drawnCount {
      let isWorking = columns["works"]?[row] == "yes"
      for name in ["hours", "pay"] where (columns[name]?[row] == "") == isWorking { broken += 1 }
      working += isWorking ? 1 : 0
      refused += columns["pay"]?[row] == "-9" ? 1 : 0
    }
    #expect(broken == 0)
    // The rate of the sample that was fitted varies too: 4.9 standard errors of the difference.
    let n = Double(Self.drawnCount)
    let error = (0.2 * 0.8 / working + 0.2 * 0.8 / (0.7 * Double(count))).squareRoot()
    #expect(abs(refused / working - 0.2) < 4.9 * error)
    #expect(abs(working / n - 0.7) < 4.9 * (0.21 / n + 0.21 / Double(count)).squareRoot())
  }

  @Test func `zeros, heaps and decimals come out as often as they went in`() throws {
    let count = 4000
    let columns = try Self.drawn(["spent", "hours", "price"], count: count) { _, draws in
      let spent =
        Draws.uniform(using: &draws) < 0.6
        ? 0 : (Draws.exponential(rate: 0.01, using: &draws) * 100).rounded() / 100 + 0.01
      let hours =
        Draws.uniform(using: &draws) < 0.45
        ? 40 : Draws.integer(below: 60, using: &draws)
      let price = Double(Draws.integer(below: 4000, using: &draws)) / 4
      return ["\(spent)", "\(hours)", "\(price)"]
    }
    let n = Double(Self.drawnCount)
    func share(_ name: String, _ value: Double) -> Double {
      Double((0..<Self.drawnCount).count { Self.number(columns, name, $0) == value }) / n
    }
    let zeros = 4.9 * (0.24 * (1 / n + 1 / Double(count))).squareRoot()
    #expect(abs(share("spent", 0) - 0.6) < zeros)
    let heap = 0.45 + 0.55 / 60
    #expect(
      abs(share("hours", 40) - heap) < 4.9
        * (heap * (1 - heap) * (1 / n + 1 / Double(count))).squareRoot())
    var broken = 0
    for row in 0..<Self.drawnCount {
      let price = try #require(Self.number(columns, "price", row))
      if (price * 4).rounded() != price * 4 { broken += 1 }
    }
    #expect(broken == 0)
  }
}
