// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Schemas
import Tables
import Testing

@testable import Disclosure

struct IndividualRiskTests {
  @Test(
    arguments: [(1, 10, 0.255843), (1, 50, 0.0798372), (2, 20, 0.0826841), (5, 50, 0.0242350)]
      as [(Int, Double, Double)])
  func `the risk is that of the reference`(count: Int, population: Double, risk: Double) {
    let found = IndividualRisk.exact(sampleCount: count, share: Double(count) / population)
    #expect(abs(found / risk - 1) < 2e-6)
  }

  @Test func `the closed forms are those of Benedetti and Franconi`() {
    #expect(abs(IndividualRisk.approximate(sampleCount: 5, share: 0.1) - 0.0243902) < 5e-8)
    for (count, share) in [(1, 0.1), (2, 0.1)] {
      #expect(
        IndividualRisk.approximate(sampleCount: count, share: share)
          == IndividualRisk.exact(sampleCount: count, share: share))
    }
    // f = 2: p/(1 − p) − (p/(1 − p))² ln(1/p), at p = 0.1: 1/9 − ln(10)/81.
    let second = 1.0 / 9 - 2.302585092994046 / 81
    #expect(abs(IndividualRisk.exact(sampleCount: 2, share: 0.1) - second) < 1e-15)
  }

  /// The integral and the hypergeometric form by mpmath 1.3 at 40 digits, which agree.
  @Test(
    arguments: [
      (1, 10, 0.25584278811044952), (3, 4, 0.26741595619808504), (7, 15, 0.071743347588948011),
      (19, 2000, 0.00052748319270849388), (20, 2000, 0.00052602373516683255),
      (25, 26, 0.038518596996240947), (400, 1e6, 1.0025052581222051e-6),
      (1, 1.0000001, 0.9999999500000033),
    ] as [(Int, Double, Double)])
  func `all ways of summing agree with higher precision`(
    count: Int, population: Double, risk: Double
  ) {
    let found = IndividualRisk.exact(sampleCount: count, share: Double(count) / population)
    #expect(abs(found / risk - 1) < 1e-12, "\(found)")
  }

  @Test func `where the sample is the population the risk is one in f`() {
    for count in [1, 2, 3, 19, 20, 1000] {
      #expect(
        abs(IndividualRisk.exact(sampleCount: count, share: 1) - 1 / Double(count)) < 1e-15)
    }
  }

  private let schema = Schema(variables: [
    Variable(name: "sex", kind: .category, role: .quasiIdentifier, measure: .nominal),
    Variable(name: "age", kind: .wholeNumber, role: .quasiIdentifier, measure: .scale),
    Variable(name: "w", kind: .number, role: .weight, measure: .scale),
  ])

  private func table(_ rows: [(String, Int64, Double)]) -> Table {
    Table(columns: [
      Column(
        name: "sex",
        values: .texts(
          codes: rows.indices.map { UInt32($0) }, pool: TextPool(rows.map(\.0)))),
      Column(name: "age", values: .wholeNumbers(rows.map(\.1))),
      Column(name: "w", values: .numbers(rows.map(\.2))),
    ])
  }

  private func keys(
    _ real: Table, schema: Schema? = nil, size: Double? = nil
  ) throws -> KeyDisclosure {
    let synthetic = table([("F", 20, 1), ("M", 50, 1)])
    let report = try DisclosureMeasure(depth: .full, populationSize: size).report(
      real: real, synthetic: synthetic, trials: [], controlKind: .halves,
      schema: schema ?? self.schema, key: RandomKey(seed: "1"))
    return try #require(report.keyDisclosure)
  }

  /// Keys of the vectors: one record for 10 people, one for 50, two for 20, five for 50.
  private var sample: Table {
    table(
      [("F", 20, 10), ("F", 30, 50), ("M", 30, 10), ("M", 30, 10)]
        + (0..<5).map { _ in ("M", 40, 10) })
  }

  @Test func `risks are summed over records, by the weights of their keys`() throws {
    let found = try keys(sample)
    #expect(found.population == .init(size: 130, weight: "w", note: nil))
    #expect(found.populationReason == nil)
    let risk = try #require(found.sets.first { $0.keys == ["sex", "age"] }?.populationRisk)
    let expected = 0.255843 + 0.0798372 + 2 * 0.0826841 + 5 * 0.0242350
    #expect(abs(risk.expectedFound - expected) < 2e-6)
    #expect(abs(risk.expectedFoundShare - 100 * expected / 9) < 3e-5)
    // Only the first record's keys occur in the synthetic table.
    #expect(abs(risk.expectedFoundInSynthetic - 0.255843) < 1e-6)
    #expect(abs(risk.greatest - 25.5843) < 1e-4)
  }

  @Test func `a size given scales the weights, and stands alone where there are none`() throws {
    let scaled = try keys(sample, size: 1300)
    #expect(scaled.population?.size == 1300)
    #expect(scaled.population?.note == "weights are scaled to the size given")
    let risk = try #require(scaled.sets.last?.populationRisk)
    let expected = [(1, 100.0, 1), (1, 500, 1), (2, 200, 2), (5, 500, 5)].reduce(0.0) {
      $0 + Double($1.2) * IndividualRisk.exact(sampleCount: $1.0, share: Double($1.0) / $1.1)
    }
    #expect(abs(risk.expectedFound - expected) < 1e-12)
    let plain = Schema(variables: Array(schema.variables.prefix(2)))
    let alone = try keys(sample, schema: plain, size: 90)
    #expect(alone.population == .init(size: 90, weight: nil, note: nil))
    let each = try #require(alone.sets.last?.populationRisk)
    let tenth = [(1, 1), (1, 1), (2, 2), (5, 5)].reduce(0.0) {
      $0 + Double($1.1) * IndividualRisk.exact(sampleCount: $1.0, share: 0.1)
    }
    #expect(abs(each.expectedFound - tenth) < 1e-12)
  }

  @Test func `no population is made up`() throws {
    let plain = Schema(variables: Array(schema.variables.prefix(2)))
    let none = try keys(sample, schema: plain)
    #expect(none.population == nil && none.sets.allSatisfy { $0.populationRisk == nil })
    #expect(none.populationReason?.contains("only the counts of this table are known") == true)
    // Weights whose mean is 1 tell shares, not people.
    let scaled = try keys(table([("F", 20, 0.5), ("M", 30, 1.5), ("M", 40, 1)]))
    #expect(scaled.population == nil)
    #expect(scaled.populationReason?.contains("sum to about the number of rows") == true)
  }

  @Test func `records without a weight have the mean one, and that is said`() throws {
    let found = try keys(table([("F", 20, 10), ("M", 30, 0), ("M", 40, 20)]))
    #expect(found.population?.size == 45)
    #expect(
      found.population?.note == "1 record without a positive weight has the mean one")
  }

  @Test func `a population smaller than the table is refused`() {
    #expect(throws: DataError.self) { try keys(sample, size: 8) }
  }
}
