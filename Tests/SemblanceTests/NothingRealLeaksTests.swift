// SPDX-License-Identifier: Apache-2.0
import Formats
import Randomness
import Schemas
import Synthesis
import Tables
import Testing

@testable import Semblance

@Suite struct `Nothing rare is held or drawn` {
  /// A file with rare levels, rare values beside common ones, a code that few rows have, and names.
  private static func file(_ trial: Int) -> (file: RealFile, secrets: [String], numbers: [Double]) {
    let key = RandomKey(seed: "leaks \(trial)")
    let count = [7, 30, 80, 300, 1000, 1500][trial % 6]
    let minimum = count >= 1000 ? 10 : 5
    var rows: [[String]] = []
    for row in 0..<count {
      var draws = key.stream("rows").stream(entity: UInt64(row))
      let isOdd = row < minimum - 1
      let kind = Draws.integer(below: 4, using: &draws)
      let level = isOdd ? "Qz\(row % 2)hidden" : "kind \(kind)"
      let amount =
        Draws.uniform(using: &draws) < 0.5
        ? 12.5 : Draws.exponential(rate: 0.001, using: &draws) + 0.123456789
      // Two words of seven letters, which made-up ones meet with a chance below 10⁻⁹.
      let name = (0..<14).map { _ in
        String(UnicodeScalar(UInt8(97 + Draws.integer(below: 26, using: &draws))))
      }.joined()
      rows.append([
        level, isOdd ? "label of Qz\(row % 2)" : "label of \(kind)", "\(amount)",
        isOdd ? "" : "\(kind)", isOdd ? "Xy\(row)secret" : "fine",
        "\(name.prefix(7)), \(name.suffix(7))",
        "\(Draws.normal(mean: 0, standardDeviation: 1e6, using: &draws))",
      ])
    }
    let header = ["level", "label", "amount", "code", "codeLabel", "name", "wide"]
    var counts: [String: Int] = [:]
    for row in rows { for cell in row { counts[cell, default: 0] += 1 } }
    let rare = counts.filter { $0.value < minimum && !$0.key.isEmpty }.map(\.key).sorted()
    return (
      RealFile(header: header, rows: rows), rare.filter { Double($0) == nil && $0.utf8.count > 4 },
      rare.filter { $0.contains(".") }.compactMap(Double.init)
    )
  }

  @Test(arguments: 0..<6)
  func `no rare value or level is in the bytes of a generator or in its rows`(trial: Int) throws {
    let (file, secrets, numbers) = Self.file(trial)
    let generator = try file.generator()
    let bytes = try generator.encoded()
    // All stretches of eight bytes at once: looking for each number alone would take too long.
    var words: Set<UInt64> = []
    var word: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      word = word >> 8 | UInt64(byte) << 56
      if index >= 7 { words.insert(word) }
    }
    #expect(!numbers.contains { words.contains($0.bitPattern) })
    let text = String(decoding: bytes, as: UTF8.self)
    let output = try generator.csv(0..<1000)
    let cells = Set(output.fileLines.flatMap { $0.split(separator: ",") }.map(String.init))
    // What was planted is looked for anywhere, and a share of the names; all names among the cells.
    let planted = ["hidden", "secret", "label of Qz"] + secrets.prefix(25)
    let held = planted.filter { text.contains($0) }
    let drawn = planted.filter { output.contains($0) } + secrets.filter { cells.contains($0) }
    #expect(held.isEmpty && drawn.isEmpty)
    #expect(!numbers.contains { cells.contains("\($0)") })
  }

  @Test(arguments: [4, 5])
  func `the inventory gives the least support, and it is the plan's minimum or more`(
    trial: Int
  ) throws {
    let (file, _, _) = Self.file(trial)
    let generator = try file.generator()
    let minimum = Double(generator.model.plan.minimumLevelCount)
    let inventory = generator.model.inventory()
    #expect(inventory.map(\.name) == file.header)
    for entry in inventory {
      if let least = entry.leastSupport { #expect(least >= minimum, "\(entry.name)") }
      #expect(!entry.holdings.isEmpty && !entry.action.isEmpty)
    }
  }

  @Test func `a row alone behind a missing code gives nothing to a lookup`() throws {
    let rows = (0..<400).map { row -> [String] in
      row == 17 ? ["", "Hidden place"] : ["c\(row % 4)", "place \(row % 4)"]
    }
    let generator = try RealFile(header: ["code", "place"], rows: rows).generator()
    let text = String(decoding: try generator.encoded(), as: UTF8.self)
    #expect(!text.contains("Hidden place"))
    #expect(try !generator.csv(0..<4000).contains("Hidden place"))
  }

  @Test func `messages of a plan quote no rare value`() throws {
    let (file, secrets, _) = Self.file(4)
    let generator = try file.generator()
    let words =
      generator.model.plan.steps.flatMap(\.reasons) + generator.model.plan.notes
      + generator.model.schema.variables.flatMap(\.reasons)
    #expect(!secrets.contains { secret in words.contains { $0.contains(secret) } })
  }
}
