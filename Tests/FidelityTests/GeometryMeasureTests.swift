// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Schemas
import Tables
import Testing

@testable import Fidelity

struct GeometryMeasureTests {
  private func figures(_ real: Table, _ other: Table) throws -> NeighbourFigures {
    let alignment = try TableAlignment([real, other], schema: MadeTables.schema)
    let ranks = alignment.columns.map { RealRanks($0) }
    let clouds = [real, other].enumerated().map { side, table in
      PointCloud(alignment.columns, side: side, rows: Array(0..<table.rowCount), ranks: ranks)
    }
    return try #require(
      NeighbourFigures(
        real: clouds[0], other: clouds[1],
        realToReal: clouds[0].squaredDistances(to: clouds[0], threads: 1),
        otherToOther: clouds[1].squaredDistances(to: clouds[1], threads: 1),
        realToOther: clouds[0].squaredDistances(to: clouds[1], threads: 1)))
  }

  @Test func `coverage of one population is 1 − 2⁻⁵ for five neighbours`() throws {
    // 0.9693 expected at 400 rows (Naeem et al.); a share of 400 correlated rows: 4.9 standard
    // errors of independent ones, twice over.
    let figures = try figures(
      MadeTables.sample(400, seed: "1"), MadeTables.sample(400, seed: "2"))
    let bound = 2 * 4.9 * (0.9693 * 0.0307 / 400).squareRoot()
    #expect(abs(figures.coverage - 0.9693) < bound, "coverage \(figures.coverage)")
    #expect(figures.alphaPrecision > 0.85)
  }

  @Test func `a copy covers all and nothing of it is authentic`() throws {
    let table = MadeTables.sample(100, seed: "1")
    let figures = try figures(table, table)
    #expect(figures.precision == 1 && figures.recall == 1 && figures.coverage == 1)
    #expect(figures.authenticity == 0)
    #expect(figures.alphaPrecision > 0.97)
  }

  @Test func `half of a population is precise and recalls half`() throws {
    let real = MadeTables.sample(300, seed: "1")
    guard case .numbers(let x) = real.columns[0].values else { return }
    let other = MadeTables.sample(600, seed: "2")
    guard case .numbers(let otherX) = other.columns[0].values else { return }
    let half = other.selecting(rows: otherX.indices.filter { otherX[$0] < 0 })
    let figures = try figures(real, half)
    let below = Double(x.count { $0 < 0 }) / 300
    #expect(figures.precision > 0.9)
    #expect(figures.recall < below + 0.2 && figures.recall > below - 0.1, "\(figures.recall)")
    #expect(figures.coverage < below + 0.2)
  }

  @Test func `the discrepancy is the unbiased estimate`() throws {
    // Real 0 and 1, others 0 and 2, kernel exp(−d²/2): e^−½ + e^−2 − ½ (1 + e^−2 + 2 e^−½).
    let found = try #require(
      MeanDiscrepancy(
        realToReal: [[0, 1], [1, 0]], otherToOther: [[0, 4], [4, 0]],
        realToOther: [[0, 4], [1, 1]], count: 2, key: RandomKey(seed: "1"), threads: 1))
    #expect(abs(found.value - -0.4323323583816936) < 1e-6)
  }

  @Test func `half of a population is told from it and a sample is not`() throws {
    let real = MadeTables.sample(240, seed: "1")
    func geometry(_ synthetic: Table) throws -> GeometryFidelity {
      let alignment = try TableAlignment([real, synthetic], schema: MadeTables.schema)
      return try #require(
        GeometryMeasure(
          alignment: alignment, key: RandomKey(seed: "1"), threads: 2, progress: .silent
        ).result()
      ).geometry
    }
    let other = MadeTables.sample(400, seed: "3")
    guard case .numbers(let x) = other.columns[0].values else { return }
    let half = try geometry(other.selecting(rows: x.indices.filter { x[$0] < 0 }))
    #expect(half.sampleCount == 120)
    #expect((half.discrepancyProbability ?? 1) < 0.01)
    #expect((half.meanDiscrepancy.value ?? 0) > (half.meanDiscrepancy.limit ?? 1))
    #expect((half.recall.value ?? 1) < (half.recall.reference ?? 0))
    // One in a hundred thousand samples of the population has a probability as low as this; the
    // least that 200 permutations can show is 1/201.
    let fresh = try geometry(MadeTables.sample(240, seed: "2"))
    #expect((fresh.discrepancyProbability ?? 0) > 1.0 / 201)
  }
}
