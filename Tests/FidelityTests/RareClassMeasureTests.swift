// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Learners
import Randomness
import Schemas
import Tables
import Testing

@testable import Fidelity

@Suite struct `Generated rows of rare classes` {
  /// Rows with three numbers; where rows are related, the rare level has the first two on one side.
  private static func people(
    _ count: Int, seed: String, share: Double, isRelated: Bool
  ) -> [AlignedColumn.Side] {
    var stream = RandomKey(seed: seed).stream("rare people").stream(entity: 0)
    var (numbers, levels): ([[Double]], [UInt32]) = ([[], [], []], [])
    for _ in 0..<count {
      let isRare = Draws.uniform(using: &stream) < share
      let side = Draws.uniform(using: &stream) < 0.5 ? 1.4 : -1.4
      for place in 0..<3 {
        numbers[place].append(
          Draws.normal(using: &stream) + (isRare && isRelated && place < 2 ? side : 0))
      }
      levels.append(isRare ? 2 : 1)
    }
    return numbers.map { AlignedColumn.Side(values: $0, codes: $0.map { _ in 1 }) } + [
      AlignedColumn.Side(values: [], codes: levels)
    ]
  }

  private static func results(_ synthetic: [AlignedColumn.Side]) throws -> [RareClassUtility] {
    let sides = [
      people(2000, seed: "real", share: 0.015, isRelated: true), synthetic,
      people(6000, seed: "holdout", share: 0.1, isRelated: true),
    ]
    let empty = Table(columns: [Column(name: "x", values: .numbers([]))], rowCount: 0)
    var alignment = try TableAlignment([empty, empty], schema: Schema(variables: []))
    alignment.rowCounts = sides.map { $0[3].codes.count }
    alignment.columns =
      (0..<3).map { place in
        AlignedColumn(
          name: "x\(place)", kind: .number, sides: sides.map { $0[place] }, levels: [])
      } + [
        AlignedColumn(
          name: "ill", kind: .category, sides: sides.map { $0[3] }, levels: ["no", "yes"])
      ]
    let key = RandomKey(seed: "1")
    let tables = try #require(PredictionTables(alignment, key: key, threads: 1))
    return RareClassMeasure(tables: tables, key: key, threads: 2, progress: .silent).results()
  }

  @Test func `rows of the true law help where the class is very rare, and others harm`() throws {
    let good = try #require(
      Self.results(Self.people(2000, seed: "good", share: 0.5, isRelated: true)).first)
    #expect(good.column == "ill" && good.level == "yes")
    #expect((20...40).contains(good.realCount) && good.addedCount > 900)
    #expect(good.smoteCount == 2000 - 2 * good.realCount)
    #expect(good.verdict == .helps)
    #expect(good.alone.averagePrecision > good.asIs.averagePrecision)
    let bad = try #require(
      Self.results(Self.people(2000, seed: "bad", share: 0.5, isRelated: false)).first)
    #expect(bad.verdict == .harms)
    // The holdout has the class more often than the real rows, so that chances are too low by as much.
    #expect(good.asIs.calibrationError < 0.1)
  }

  @Test func `no class is rare in even ones, and none is tested without synthetic rows of it`()
    throws
  {
    #expect(
      try Self.results(Self.people(500, seed: "none", share: 0, isRelated: true)).isEmpty)
  }

  /// The figures of scikit-learn 1.9.1's `average_precision_score`; ties by hand: of four rows alike, two
  /// positive, each threshold has one half.
  @Test func `average precision is that of scikit-learn`() throws {
    let precision = try #require(
      AveragePrecision([0.1, 0.4, 0.35, 0.8], truths: [false, false, true, true]))
    #expect(abs(precision.value - 0.8333333333333333) < 1e-15)
    let tied = try #require(
      AveragePrecision([1, 1, 1, 1], truths: [false, true, true, false]))
    #expect(tied.value == 0.5)
    // A weight of two is a row twice.
    let twice = try #require(
      AveragePrecision([0.1, 0.4, 0.35, 0.8, 0.4], truths: [false, false, true, true, false]))
    #expect(precision.value(weights: [1, 2, 1, 1]) == twice.value)
    #expect(AveragePrecision([1, 2], truths: [false, false]) == nil)
  }

  @Test func `rows of SMOTE lie between rows of the class`() {
    let predictors = [
      TreePredictor(codes: [10, 20, 30, 200, 0], binCount: 201, isOrdered: true),
      TreePredictor(codes: [1, 1, 1, 2, 0], binCount: 3, isOrdered: false),
    ]
    var stream = RandomKey(seed: "1").stream("smote").stream(entity: 0)
    let made = MinorityRows(predictors, rows: [0, 1, 2], count: 500, threads: 1, using: &stream)
    #expect(made.codes[0].count == 500 && made.codes[0].allSatisfy { (10...30).contains($0) })
    #expect(Set(made.codes[0]).count > 15)
    #expect(made.codes[1].allSatisfy { $0 == 1 })
  }
}
