// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Schemas
import Tables
import Testing

@testable import Fidelity

struct FidelityMeasureTests {
  private func report(
    _ real: Table, _ synthetic: Table, holdout: Table? = nil, schema: Schema = MadeTables.schema,
    threads: Int = 1
  ) throws -> FidelityReport {
    try FidelityMeasure().report(
      real: real, synthetic: synthetic, holdout: holdout, schema: schema,
      key: RandomKey(seed: "references"), threads: threads)
  }

  @Test func `a table is at distance 0 from itself`() throws {
    let table = MadeTables.sample(200, seed: "1")
    let report = try report(table, table)
    #expect(report.shapeError.value == 0)
    #expect(report.missingPatterns.value == 0)
    #expect((report.trendError.value ?? 1) < 1e-12)
    for pair in report.pairs { #expect(pair.realStrength == pair.syntheticStrength) }
  }

  @Test func `rows drawn from the real table score at the reference and within the limit`() throws {
    // The draws of the references are of the same kind, so a draw exceeds a limit once in twenty.
    let real = MadeTables.sample(600, seed: "1")
    var stream = RandomKey(seed: "draw").stream("rows").stream(entity: 0)
    let rows = (0..<600).map { _ in Draws.integer(below: 600, using: &stream) }
    let report = try report(real, real.selecting(rows: rows))
    let shape = try #require(report.shapeError.value)
    let reference = try #require(report.shapeError.reference)
    let limit = try #require(report.shapeError.limit)
    // Twice as far from the mean of the draws as the 95 % point is beyond one in a thousand.
    #expect(abs(shape - reference) < 2 * (limit - reference), "\(shape) beside \(reference)")
    let beyond = report.pairs.count { ($0.error.value ?? 1) > ($0.error.limit ?? 0) }
    #expect(beyond <= 3, "\(beyond) of \(report.pairs.count) pairs beyond their limits")
  }

  @Test func `with a holdout an independent sample scores at the reference`() throws {
    let report = try report(
      MadeTables.sample(600, seed: "1"), MadeTables.sample(600, seed: "2"),
      holdout: MadeTables.sample(600, seed: "3"))
    #expect(report.referenceKind == .holdout)
    let trend = try #require(report.trendError.value)
    let reference = try #require(report.trendError.reference)
    let limit = try #require(report.trendError.limit)
    #expect(abs(trend - reference) < 3 * (limit - reference), "\(trend) beside \(reference)")
  }

  @Test func `shuffled columns keep their shapes and lose their trends`() throws {
    let real = MadeTables.sample(600, seed: "1")
    let report = try report(real, MadeTables.shuffled(real))
    #expect(report.shapeError.value == 0)
    #expect((report.trendError.value ?? 0) > 2 * (report.trendError.limit ?? 100))
    let pair = try #require(report.pairs.first)
    #expect(pair.measure == "correlation")
    #expect((pair.realStrength ?? 0) > 0.6 && (pair.syntheticStrength ?? 1) < 0.2)
  }

  @Test func `a shifted copy is caught by bins of the real range`() throws {
    // Bins of each table's own range would find no difference at all.
    let real = MadeTables.sample(300, seed: "1")
    var columns = real.columns
    guard case .numbers(let values) = columns[0].values else { return }
    columns[0].values = .numbers(values.map { $0 + 100 })
    let report = try report(real, Table(columns: columns))
    let pair = try #require(report.pairs.first { $0.first == 0 && $0.second == 2 })
    #expect((pair.error.value ?? 0) > 0.9)
  }

  @Test func `threads change no figure`() throws {
    let real = MadeTables.sample(150, seed: "1")
    let synthetic = MadeTables.sample(130, seed: "2")
    #expect(
      try report(real, synthetic, threads: 1) == report(real, synthetic, threads: 3))
  }

  @Test func `what cannot be computed is said and left out of averages`() throws {
    let schema = Schema(variables: [
      Variable(name: "constant", kind: .number, measure: .scale),
      Variable(name: "empty", kind: .number, measure: .scale),
      Variable(name: "x", kind: .number, measure: .scale),
    ])
    let empty = MissingCells(reasons: [MissingReason(code: "")], codes: [1, 1, 1])
    let table = Table(columns: [
      Column(name: "constant", values: .numbers([2, 2, 2])),
      Column(name: "empty", values: .numbers([0, 0, 0]), missing: empty),
      Column(name: "x", values: .numbers([1, 2, 4])),
    ])
    let report = try report(table, table, schema: schema)
    #expect(report.columns[0].distance.value == 0)
    #expect(report.columns[1].distance.value == nil)
    #expect(report.columns[1].distance.reason == "the real column has no value")
    #expect(report.pairs.allSatisfy { $0.error.value == nil && $0.error.reason != nil })
    #expect(report.shapeError.value == 0)
    #expect(report.shapeError.note == "averaged over 2 columns; 1 not computable")
    #expect(report.trendError.value == nil)
  }

  @Test func `a synthetic table without rows gives reasons, not figures`() throws {
    let real = MadeTables.sample(20, seed: "1")
    let report = try report(real, real.selecting(rows: []))
    #expect(report.shapeError.value == nil)
    #expect(report.trendError.value == nil)
    #expect(report.missingPatterns.value == nil)
  }

  @Test func `levels of fewer than ten real rows are pooled in the chart`() throws {
    let codes = [UInt32](repeating: 0, count: 12) + [UInt32](repeating: 1, count: 9)
    let table = Table(columns: [
      Column(name: "l", values: .texts(codes: codes, pool: TextPool(["often", "rare"])))
    ])
    let schema = Schema(variables: [Variable(name: "l", kind: .category, measure: .nominal)])
    let chart = try #require(try report(table, table, schema: schema).columns.first).chart
    #expect(chart.labels == ["often", "other levels"])
    #expect(chart.real == [12.0 / 21, 9.0 / 21])
  }

  @Test func `a histogram names round edges, not the ends of the data`() throws {
    let values = (0..<200).map { 17.3 + Double($0) * 0.37 }
    let table = Table(columns: [Column(name: "x", values: .numbers(values))])
    let schema = Schema(variables: [Variable(name: "x", kind: .number, measure: .scale)])
    let chart = try #require(try report(table, table, schema: schema).columns.first).chart
    #expect(chart.labels.first == "below 20")
    #expect(chart.labels.last == "90 and above")
    #expect(abs(chart.real.reduce(0, +) - 1) < 1e-12)
  }
}
