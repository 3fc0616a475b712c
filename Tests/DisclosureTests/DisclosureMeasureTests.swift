// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics
import Randomness
import Schemas
import Tables
import Testing

@testable import Disclosure

struct DisclosureMeasureTests {
  private static let count = 400

  /// Two trials, each with a release made from its training rows.
  private func report(
    seed: String = "1", _ release: (Table, String) throws -> Table
  ) throws -> DisclosureReport {
    let halves = ["left", "right"].map { MadePeople.sample(Self.count, seed: seed + $0) }
    let trials = try [(0, 1), (1, 0)].map { training, control in
      DisclosureTrial(
        training: halves[training], control: halves[control],
        synthetic: try release(halves[training], "twin \(training)"))
    }
    let rows = Array(0..<Self.count)
    let real = Table(
      columns: zip(halves[0].columns, halves[1].columns).map { Self.joined($0, $1) })
    return try DisclosureMeasure().report(
      real: real, synthetic: try release(real.selecting(rows: rows), "released"), trials: trials,
      controlKind: .halves, schema: MadePeople.schema, minimumCount: 10,
      key: RandomKey(seed: seed))
  }

  private static func joined(_ first: Column, _ second: Column) -> Column {
    var column = first
    switch (first.values, second.values) {
    case (.numbers(let a), .numbers(let b)): column.values = .numbers(a + b)
    case (.wholeNumbers(let a), .wholeNumbers(let b)): column.values = .wholeNumbers(a + b)
    case (.texts(let a, let pool), .texts(let b, _)):
      column.values = .texts(codes: a + b, pool: pool)
    default: break
    }
    return column
  }

  private func isBeyond(_ score: Score) throws -> Bool {
    try #require(score.value) > (try #require(score.limit))
  }

  @Test func `a verbatim copy is caught`() throws {
    let report = try report { training, _ in training }
    #expect(report.exactMatches.value == 1)
    #expect(try isBeyond(report.exactMatches))
    #expect(try isBeyond(report.uniqueMatches))
    #expect(report.closerToTraining.value == 1)
    #expect(report.nearMatches.value == 1)
    #expect(try isBeyond(report.nearMatches))
    #expect(try isBeyond(report.valueIndications))
    #expect(try isBeyond(report.extremeIndications))
    let finding = try #require(report.findings.first { $0.kind == "row equals a real row" })
    #expect(finding.count == Self.count && finding.rows.first == 1)
  }

  @Test func `a copy with a little noise is caught`() throws {
    let report = try report { training, _ in MadePeople.blurred(training) }
    #expect((report.closerToTraining.value ?? 0) > 0.95)
    #expect((report.closerToTraining.lower ?? 0) > 0.9)
    #expect(try isBeyond(report.nearMatches))
    #expect((report.nearMatches.value ?? 0) > 0.9)
    #expect(report.findings.contains { $0.kind == "row lies near a real outlier" })
  }

  @Test func `a copy of the outliers alone is caught`() throws {
    let report = try report { training, _ in
      try MadePeople.outliers(of: training, count: Self.count)
    }
    #expect(try isBeyond(report.exactMatches))
    #expect(try isBeyond(report.closerToTraining))
    #expect(try isBeyond(report.nearMatches))
    #expect(try isBeyond(report.valueIndications))
  }

  @Test func `independent samples are not accused more often than chance allows`() throws {
    // A limit is a one-sided 95 % point: of 10 samples, more than 5 beyond it come by chance with
    // a probability of 3·10⁻⁶ a score.
    var beyond: [String: Int] = [:]
    for seed in 0..<10 {
      let report = try report(seed: "independent \(seed)") { _, name in
        MadePeople.sample(Self.count, seed: "release \(seed) \(name)")
      }
      let scores = [
        ("exact", report.exactMatches), ("unique", report.uniqueMatches),
        ("closer", report.closerToTraining), ("near", report.nearMatches),
        ("values", report.valueIndications), ("extremes", report.extremeIndications),
        ("combinations", report.combinationIndications),
      ]
      for (name, score) in scores where try isBeyond(score) { beyond[name, default: 0] += 1 }
    }
    for (name, count) in beyond { #expect(count <= 5, "\(name): \(count) of 10 beyond the limit") }
  }

  @Test func `without a trial what needs one is not computable, and the rest is`() throws {
    let real = MadePeople.sample(100, seed: "a")
    let report = try DisclosureMeasure().report(
      real: real, synthetic: real, trials: [], controlKind: .halves, schema: MadePeople.schema,
      minimumCount: 10, key: RandomKey(seed: "1"))
    #expect(report.closerToTraining.value == nil && report.closerToTraining.reason != nil)
    #expect(report.nearMatches.value == nil)
    #expect(report.extremeIndications.value == nil)
    #expect(report.exactMatches.value == 1)
    #expect(report.skipped.map(\.name) == ["id"])
  }

  @Test func `threads change no figure`() throws {
    let real = MadePeople.sample(120, seed: "a")
    let trial = DisclosureTrial(
      training: real, control: MadePeople.sample(120, seed: "b"),
      synthetic: MadePeople.sample(120, seed: "c"))
    let reports = try [1, 3].map { threads in
      try DisclosureMeasure().report(
        real: real, synthetic: trial.synthetic, trials: [trial], controlKind: .holdout,
        schema: MadePeople.schema, minimumCount: 5, key: RandomKey(seed: "1"), threads: threads)
    }
    #expect(reports[0] == reports[1])
  }

  @Test func `empty tables give reasons`() throws {
    let real = MadePeople.sample(10, seed: "a")
    let none = real.selecting(rows: [])
    let report = try DisclosureMeasure().report(
      real: real, synthetic: none,
      trials: [DisclosureTrial(training: real, control: none, synthetic: none)],
      controlKind: .holdout, schema: MadePeople.schema, key: RandomKey(seed: "1"))
    #expect(report.exactMatches.value == nil)
    #expect(report.closerToTraining.value == nil)
    #expect(report.combinationIndications.value == nil)
  }
}
