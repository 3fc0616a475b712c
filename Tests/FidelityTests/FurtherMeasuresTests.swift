// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Learners
import Randomness
import Schemas
import Tables
import Testing

@testable import Fidelity

struct FurtherMeasuresTests {
  private static func levels(_ name: String, _ sides: [[UInt32]], _ levels: [String])
    -> AlignedColumn
  {
    AlignedColumn(
      name: name, kind: .category,
      sides: sides.map { AlignedColumn.Side(values: [], codes: $0) }, levels: levels)
  }

  private static func scale(
    _ name: String, _ sides: [[Double?]], kind: VariableKind = .number
  ) -> AlignedColumn {
    AlignedColumn(
      name: name, kind: kind,
      sides: sides.map { side in
        AlignedColumn.Side(values: side.map { $0 ?? 0 }, codes: side.map { $0 == nil ? 0 : 1 })
      }, levels: [])
  }

  // MARK: Distances

  @Test func `Hellinger's and Jensen and Shannon's distances are the published ones`() throws {
    // Cells o = (2, 2, 2, 2), s = (1, 2, 2, 3) of reference/fidelity.md §3.3.
    let column = Self.levels(
      "a", [[1, 1, 2, 2, 3, 3, 4, 4], [1, 2, 2, 3, 3, 4, 4, 4]], ["a", "b", "c", "d"])
    let scores = FurtherDistances(column: column, fresh: nil).scores()
    #expect(abs((scores["hellinger"]?.value ?? -1) - 0.130526) < 1e-6)
    #expect(abs((scores["jensenShannon"]?.value ?? -1) - 0.0243975) < 1e-7)
    #expect(scores["wasserstein"] == nil)
  }

  @Test func `equal numbers of values are moved by the mean difference of their ranks`() {
    #expect(FurtherDistances.distance([0, 1, 3, 9], [1, 1, 5, 8]) == (1 + 0 + 2 + 1) / 4)
    #expect(FurtherDistances.distance([2, 2], [2]) == 0)
    #expect(FurtherDistances.distance([0], [0, 10]) == 5)
  }

  // MARK: Who is not asked

  @Test func `a rule that no real row breaks is found, and its breaches are counted`() throws {
    let n = 40
    let job = Self.levels(
      "works",
      [
        (0..<n).map { $0 % 2 == 0 ? 1 : 2 }, (0..<n).map { $0 % 2 == 0 ? 1 : 2 },
      ], ["yes", "no"])
    let income = Self.scale(
      "income",
      [
        (0..<n).map { $0 % 2 == 0 ? Double($0) : nil },
        // Three of the twenty who do not work have an income.
        (0..<n).map { $0 % 2 == 0 || $0 < 6 ? Double($0) : nil },
      ])
    let result = try #require(SkipRuleMeasure(columns: [job, income]).result())
    #expect(result.ruleCount == 1)
    #expect(result.violations.value == 3.0 / 20)
    #expect(result.violations.reference == 0)
    #expect(
      result.worst == [
        .init(column: "income", source: "works", level: "no", rowCount: 20, brokenCount: 3)
      ])
  }

  @Test func `what only most real rows keep is no rule`() {
    let job = Self.levels(
      "works", [[1, 1] + [UInt32](repeating: 2, count: 20), [1]], ["yes", "no"])
    let income = Self.scale("income", [[1, 2, 3] + [Double?](repeating: nil, count: 19), [1]])
    #expect(SkipRuleMeasure(columns: [job, income]).result() == nil)
  }

  // MARK: Order

  private static func walk(_ count: Int, isShuffled: Bool, seed: String) -> [Double?] {
    var stream = RandomKey(seed: seed).stream("walk").stream(entity: 0)
    var value = 0.0
    var values = (0..<count).map { _ -> Double in
      value = 0.9 * value + Draws.normal(mean: 0, standardDeviation: 1, using: &stream)
      return value
    }
    if isShuffled { Draws.shuffle(&values, using: &stream) }
    return values
  }

  @Test(arguments: [true, false])
  func `values that follow one another are told from shuffled ones`(isShuffled: Bool) throws {
    let n = 500
    let days = (0..<n).map { Double?(Double($0)) }
    var alignment = try TableAlignment(
      [
        Table(columns: [Column(name: "x", values: .numbers([]))], rowCount: 0),
        Table(columns: [Column(name: "x", values: .numbers([]))], rowCount: 0),
      ],
      schema: Schema(variables: []))
    alignment.columns = [
      Self.scale("day", [days, days], kind: .date),
      Self.scale(
        "level",
        [
          Self.walk(n, isShuffled: false, seed: "a"),
          Self.walk(n, isShuffled: isShuffled, seed: "b"),
        ]),
    ]
    let result = try #require(
      OrderMeasure(alignment: alignment, schema: Schema(variables: [])).result())
    #expect(result.time == "day")
    let column = try #require(result.columns.first)
    // The standard error of a serial correlation of 0.9 is √((1 − 0.81)/500) = 0.02.
    #expect(abs(column.real - 0.9) < 0.1)
    let limit = try #require(column.difference.limit)
    #expect((try #require(column.difference.value) > limit) == isShuffled)
    if isShuffled { #expect(abs(column.synthetic) < 0.22) }
  }

  @Test func `the serial correlation is that of the definition`() throws {
    let side = Self.scale("x", [[1, 3, 2, nil, 5]]).sides[0]
    // Present in the order of time: 1, 3, 2, 5; mean 2.75, squares 8.75, products (−1.75)(.25) +
    // (.25)(−.75) + (−.75)(2.25) = −2.3125.
    let value = try #require(OrderMeasure.correlation(side, [0, 1, 2, 3, 4]))
    #expect(abs(value - -2.3125 / 8.75) < 1e-12)
  }

  // MARK: Prediction

  private static func people(_ count: Int, seed: String, isRelated: Bool) -> [AlignedColumn.Side] {
    var stream = RandomKey(seed: seed).stream("people").stream(entity: 0)
    var (ages, levels): ([Double], [UInt32]) = ([], [])
    for _ in 0..<count {
      let age = 20 + 60 * Draws.uniform(using: &stream)
      let chance = isRelated ? (age > 50 ? 0.8 : 0.2) : 0.5
      ages.append(age)
      levels.append(Draws.uniform(using: &stream) < chance ? 1 : 2)
    }
    return [
      AlignedColumn.Side(values: ages, codes: ages.map { _ in 1 }),
      AlignedColumn.Side(values: [], codes: levels),
    ]
  }

  @Test(arguments: [true, false])
  func `synthetic rows that lost a relation predict worse, and fresh rows do not`(
    isRelated: Bool
  ) throws {
    let tables = [
      Self.people(600, seed: "real", isRelated: true),
      Self.people(600, seed: "synthetic", isRelated: isRelated),
      Self.people(600, seed: "holdout", isRelated: true),
    ]
    var alignment = try TableAlignment(
      [
        Table(columns: [Column(name: "x", values: .numbers([]))], rowCount: 0),
        Table(columns: [Column(name: "x", values: .numbers([]))], rowCount: 0),
      ],
      schema: Schema(variables: []))
    alignment.rowCounts = [600, 600, 600]
    alignment.columns = [
      AlignedColumn(name: "age", kind: .number, sides: tables.map { $0[0] }, levels: []),
      AlignedColumn(
        name: "retired", kind: .category, sides: tables.map { $0[1] }, levels: ["yes", "no"]),
    ]
    let joined = try #require(
      PredictionTables(alignment, key: RandomKey(seed: "1"), threads: 1))
    let result = try #require(
      PredictiveMeasure(alignment: alignment, tables: joined, threads: 1, progress: .silent)
        .result())
    let target = try #require(result.targets.first)
    #expect(result.targets.count == 1)
    #expect(target.column == "retired")
    // Four of five are right by age; the area of the best rule is 0.8 less what noise takes.
    #expect(target.real.area > 0.7)
    #expect(target.real.accuracy > 0.7)
    let (loss, limit) = (try #require(target.loss.value), try #require(target.loss.limit))
    if isRelated {
      #expect(loss < 3 * limit)
    } else {
      #expect(loss > 3 * limit)
      #expect(target.synthetic.area < 0.65)
    }
  }

  @Test func `accuracy, squared error and calibration are those worked by hand`() throws {
    let figures = try #require(
      PredictiveFidelity.Figures(
        probabilities: [0.05, 0.15, 0.15, 0.95], truths: [false, false, true, true]))
    #expect(figures.accuracy == 0.75)
    let squares = 0.05 * 0.05 + 0.15 * 0.15 + 0.85 * 0.85 + 0.05 * 0.05
    #expect(abs(figures.squaredError - squares / 4) < 1e-12)
    // Bins of 0.05, of 0.15 twice with one hit, and of 0.95: gaps 0.05, 0.7 and 0.05.
    #expect(abs(figures.calibrationError - 0.8 / 4) < 1e-12)
  }
}
