// SPDX-License-Identifier: Apache-2.0
import Randomness
import Schemas
import Synthesis
import Tables
import Testing

@testable import JointSynthesis

/// What all joint methods promise, whatever they learn.
@Suite struct `Every joint method` {
  private static let count = 1500
  private static let real = JointFixture.table(count)
  /// Each method's model of the table, fitted once for all tests.
  private static let fitted = JointSynthesizer.methods.map { method in
    Result { try JointFixture.model(real, method) }
  }

  private static func fitted(_ method: String) throws -> JointModel {
    let place = try #require(JointSynthesizer.methods.firstIndex(of: method))
    return try fitted[place].get()
  }

  @Test(arguments: JointSynthesizer.methods)
  func `keeps limits, skips, labels and margins`(method: String) throws {
    let model = try Self.fitted(method)
    let drawn = JointFixture.drawn(model, Self.count)
    #expect(drawn.columnNames == Self.real.columnNames)
    let a = JointFixture.numbers(drawn.column(named: "a"))
    let b = JointFixture.numbers(drawn.column(named: "b"))
    #expect(!zip(a, b).contains { ($0 ?? -.infinity) > ($1 ?? .infinity) })
    let asked = JointFixture.texts(drawn.column(named: "asked"))
    let answer = JointFixture.numbers(drawn.column(named: "answer"))
    #expect(zip(asked, answer).allSatisfy { ($0 == "no") == ($1 == nil) })
    let groups = JointFixture.texts(drawn.column(named: "g"))
    let labels = JointFixture.texts(drawn.column(named: "label"))
    #expect(zip(groups, labels).allSatisfy { ($0 == "x") == ($1 == "ex") })
    // Shares of a level, of missing cells and of a half of a scale; both tables vary.
    let realGroups = JointFixture.texts(Self.real.column(named: "g"))
    let realA = JointFixture.numbers(Self.real.column(named: "a"))
    let n = Double(Self.count)
    func near(_ own: Int, _ wanted: Int, _ words: String) {
      let p = Double(wanted) / n
      #expect(
        abs(Double(own) / n - p) < JointFixture.z * (2 * p * (1 - p) / n).squareRoot(), "\(words)")
    }
    near(groups.count { $0 == "y" }, realGroups.count { $0 == "y" }, "level")
    near(a.count { $0 == nil }, realA.count { $0 == nil }, "missing")
    near(a.count { ($0 ?? 99) < 45 }, realA.count { ($0 ?? 99) < 45 }, "scale")
  }

  @Test(arguments: JointSynthesizer.methods)
  func `gives the same row by any slice, threads and after writing and reading`(
    method: String
  ) throws {
    let model = try Self.fitted(method)
    let other = try JointFixture.model(Self.real, method, threads: 2).file()
    let first = try model.file()
    #expect(other == first)
    let whole = JointFixture.drawn(model, 5000, threads: 1)
    #expect(JointFixture.drawn(model, 5000, threads: 3).columns == whole.columns)
    let slice = model.sample(rows: 2047..<4100, key: RandomKey(seed: "7"), threads: 2)
    #expect(slice.columns == whole.selecting(rows: Array(2047..<4100)).columns)
    let file = try GeneratorFile(decoding: first.encoded(), name: "m")
    let loaded = try JointModel(file, name: "m")
    #expect(JointFixture.drawn(loaded, 5000).columns == whole.columns)
    let again = try loaded.file()
    #expect(again == first)
  }

  @Test(arguments: JointSynthesizer.methods)
  func `draws variables that must be independent so, and the rest not`(method: String) throws {
    let pair = PlanPair("g", "a")
    var restrictions = PlanRestrictions(independent: [pair])
    guard let model = try? JointFixture.model(Self.real, method, restrictions: restrictions) else {
      // A method that cannot says so in an error, and does not ignore it.
      #expect(throws: DataError.self) {
        try JointFixture.model(Self.real, method, restrictions: restrictions)
      }
      restrictions = PlanRestrictions(learnsRelationships: false)
      let free = try JointFixture.model(Self.real, method, restrictions: restrictions)
      #expect(Self.tie(free) < JointFixture.z / Double(20_000).squareRoot())
      return
    }
    // 20,000 rows: the correlation of independent columns has a standard error of 0.0071.
    let together = try Self.fitted(method)
    #expect(Self.tie(model) < JointFixture.z / Double(20_000).squareRoot())
    #expect(Self.tie(together) > 0.3, "it is there where it may be")
  }

  /// How strongly drawn groups and values correlate.
  private static func tie(_ model: JointModel) -> Double {
    let drawn = JointFixture.drawn(model, 20_000)
    let groups = JointFixture.texts(drawn.column(named: "g")).map { $0 == "y" ? 1.0 : 0 }
    return abs(
      JointFixture.correlation(groups, JointFixture.numbers(drawn.column(named: "a"))))
  }

  @Test(arguments: JointSynthesizer.methods)
  func `draws a balanced level as often as asked, and what depends on it as before`(
    method: String
  ) throws {
    let model = try JointFixture.model(
      Self.real, method, restrictions: PlanRestrictions(balance: ["g": ["y": 0.7]]))
    let drawn = JointFixture.drawn(model, 20_000)
    let plain = JointFixture.drawn(try Self.fitted(method), 20_000)
    func mean(_ table: Table, _ level: String) -> (mean: Double, count: Double) {
      let groups = JointFixture.texts(table.column(named: "g"))
      let b = JointFixture.numbers(table.column(named: "b"))
      let list = zip(groups, b).compactMap { $0 == level ? $1 : nil }
      return (list.reduce(0, +) / Double(list.count), Double(list.count))
    }
    #expect(abs(mean(drawn, "y").count / 20_000 - 0.7) < JointFixture.z * 0.0033)
    // ADASYN draws the rows of a level that lie among others more often, and means to.
    guard method != JointSynthesizer.adasynMethod else { return }
    for level in ["x", "y"] {
      let (own, other) = (mean(drawn, level), mean(plain, level))
      // Deviations within a level are below 12; what a trial run of calibration adds is below 0.2.
      let error = 12 * (1 / own.count + 1 / other.count).squareRoot()
      #expect(abs(own.mean - other.mean) < JointFixture.z * error + 0.2, "\(level)")
    }
  }

  @Test(arguments: JointSynthesizer.methods)
  func `says what it holds, and on how many rows it rests at the least`(method: String) throws {
    let model = try Self.fitted(method)
    let inventory = model.inventory()
    #expect(inventory.map(\.name) == Self.real.columnNames)
    for entry in inventory {
      #expect(!entry.action.isEmpty && !entry.holdings.isEmpty)
      // Who holds rows says so.
      let isDrawn = model.plan.drawnSteps.contains { $0.variable == entry.name }
      if JointSynthesizer.rowMethods.contains(method), isDrawn {
        #expect(entry.leastSupport == 1, "\(entry.name)")
      } else if let least = entry.leastSupport {
        #expect(least >= 10, "\(entry.name)")
      }
    }
  }

  @Test(arguments: JointSynthesizer.methods)
  func `fits tables of few rows, of one column and of constant or missing columns`(
    method: String
  ) throws {
    let few = JointFixture.table(25)
    let small = try JointFixture.model(few, method)
    #expect(JointFixture.drawn(small, 60).rowCount == 60)
    let one = Table(columns: [Self.real.columns[0]])
    let drawn = JointFixture.drawn(try JointFixture.model(one, method), 100)
    #expect(Set(JointFixture.texts(drawn.columns[0])) == ["x", "y"])
    let odd = Table(columns: [
      Column(name: "same", values: .wholeNumbers([Int64](repeating: 4, count: 200))),
      Column(
        name: "none", values: .wholeNumbers([Int64](repeating: 0, count: 200)),
        missing: MissingCells(
          reasons: [MissingReason(code: "na")], codes: [UInt8](repeating: 1, count: 200))),
      Column(
        name: "half", values: .wholeNumbers([Int64](repeating: 9, count: 200)),
        missing: MissingCells(
          reasons: [MissingReason(code: "na")], codes: (0..<200).map { $0 % 2 == 0 ? 1 : 0 })),
    ])
    let rows = JointFixture.drawn(try JointFixture.model(odd, method), 512)
    #expect(JointFixture.numbers(rows.columns[0]).allSatisfy { $0 == 4 })
    #expect(JointFixture.numbers(rows.columns[1]).allSatisfy { $0 == nil })
    #expect(abs(JointFixture.numbers(rows.columns[2]).count { $0 == nil } - 256) < 60)
  }

  @Test(arguments: JointSynthesizer.methods)
  func `refuses a damaged file and never traps on one`(method: String) throws {
    let model = try JointFixture.model(JointFixture.table(300), method)
    let file = try model.file()
    var refused = 0
    for (number, section) in file.sections.enumerated() where section.name != "manifest" {
      let step = max(1, section.bytes.count / 12)
      for place in stride(from: 0, to: section.bytes.count, by: step) {
        for change: UInt8 in [0x01, 0xFF] {
          var bad = file
          bad.sections[number].bytes[place] ^= change
          guard let loaded = try? JointModel(bad, name: "bad") else {
            refused += 1
            continue
          }
          #expect(loaded.sample(rows: 0..<40, key: RandomKey(seed: "1"), threads: 1).rowCount == 40)
        }
      }
      var short = file
      short.sections[number].bytes.removeLast(min(1, section.bytes.count))
      #expect(throws: DataError.self) { try JointModel(short, name: "short") }
    }
    #expect(refused > 0)
  }
}
