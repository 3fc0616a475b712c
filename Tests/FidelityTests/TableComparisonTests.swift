// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Schemas
import Tables
import Testing

@testable import Fidelity

struct TableComparisonTests {
  private func compare(_ o: [Int], _ s: [Int]) throws -> TableUtility {
    var comparison = try #require(
      TableComparison(realCount: o.reduce(0, +), syntheticCount: s.reduce(0, +)))
    for cell in o.indices { comparison.add(cell: cell, real: o[cell], synthetic: s[cell]) }
    return comparison.result { ["\($0)"] }
  }

  @Test func `the figures are those of the published formulae`() throws {
    // Worked by hand from the formulae of synthpop's utility.tab; eight rows a table.
    let table = try compare([2, 2, 2, 2], [1, 2, 2, 3])
    #expect(abs(table.voasWilliamson - 1.066667) < 5e-7)
    #expect(abs(try #require(table.ratio) - 0.355556) < 5e-7)
    #expect(abs(table.propensityError - 0.00833333) < 5e-9)
    #expect(abs(table.freemanTukey - 1.090374) < 5e-7)
    #expect(abs(table.jensenShannon - 0.0243975) < 5e-8)
    #expect(table.totalVariation == 0.125)
    #expect(abs(table.hellinger - 0.130526) < 5e-7)
    // MabsDD, twice the total variation; G = 2 (1 ln ½ + 3 ln 3/2) over the four cells of both; WMabsDD =
    // 1/√(3/π) + 1/√(5/π).
    #expect(2 * table.totalVariation == 0.25)
    #expect(abs(table.likelihoodRatio - 1.0464962875290957) < 1e-12)
    #expect(table.likelihoodFreedom == 3)
    #expect(abs(table.weightedDifference - 1.8159922) < 1e-6)
    #expect(table.cellCount == 4)
    #expect(table.worst?.levels == ["0"])
  }

  @Test func `the propensity error is that of the fitted shares, whatever the numbers of rows`()
    throws
  {
    // Σ (o + s)(s/(o + s) − c)² / N of the same counts, by NumPy.
    let table = try compare([5, 3, 0, 7], [2, 2, 1, 1])
    #expect(abs(table.voasWilliamson - 5.3655) < 1e-9)
    #expect(abs(table.propensityError - 0.037244897959183676) < 1e-12)
  }

  @Test func `the ratio of fresh rows is about 1 and their divergence as expected`() throws {
    // 200 pairs of tables of 12 equal cells and 600 rows; the mean of a chi-square over 11 is 1
    // with a standard error of √(2/11/200), that of the divergence the same share of its own.
    var stream = RandomKey(seed: "tables").stream("cells").stream(entity: 0)
    var (ratio, divergence, expected) = (0.0, 0.0, 0.0)
    for _ in 0..<200 {
      var counts = [[Int]](repeating: [Int](repeating: 0, count: 12), count: 2)
      for side in 0..<2 {
        for _ in 0..<600 { counts[side][Draws.integer(below: 12, using: &stream)] += 1 }
      }
      // Voas and Williamson take the real table as fixed: of two samples each side adds half.
      let table = try compare(counts[0], counts[1])
      ratio += try #require(table.ratio) / 200
      divergence += table.jensenShannon / 200
      expected += table.jensenShannonExpected / 200
    }
    let bound = 4.9 * (2.0 / 11 / 200).squareRoot()
    #expect(abs(ratio / 2 - 1) < bound, "ratio \(ratio)")
    #expect(abs(divergence / (2 * expected) - 1) < bound, "\(divergence) beside \(expected)")
  }

  /// Of a right synthesis from a model fitted to the real rows, every statistic has its published null.
  @Test(arguments: [(600, 600), (900, 300), (300, 900)])
  func `tables drawn from the real shares have the published means and spreads`(
    realCount: Int, syntheticCount: Int
  ) throws {
    // 400 tables of 12 cells, k − 1 = 11: a chi-square's mean errs by √(22/400), its variance of 22 by a share
    // of √((2 + 12/11)/400).
    var stream = RandomKey(seed: "null").stream("cells").stream(entity: UInt64(realCount))
    let (runs, cells) = (400, 12)
    let real = (0..<cells).map { _ in realCount / cells }
    var figures: [[Double]] = []
    for _ in 0..<runs {
      var counts = [Int](repeating: 0, count: cells)
      for _ in 0..<syntheticCount { counts[Draws.integer(below: cells, using: &stream)] += 1 }
      let table = try compare(real, counts)
      figures.append([
        table.voasWilliamson, table.freemanTukey, table.weightedDifference,
        table.propensityError, table.jensenShannon / table.jensenShannonExpected,
      ])
    }
    func mean(_ place: Int) -> Double { figures.reduce(0) { $0 + $1[place] } / Double(runs) }
    func variance(_ place: Int) -> Double {
      let mean = mean(place)
      return figures.reduce(0) { $0 + ($1[place] - mean) * ($1[place] - mean) } / Double(runs - 1)
    }
    let bound = 4.9 * (22.0 / Double(runs)).squareRoot()
    // Voas and Williamson's, whose denominator holds both counts, is a chi-square but for terms of 1/n.
    #expect(abs(mean(0) - 11) < bound, "\(mean(0))")
    #expect(abs(mean(1) - 11) < bound + 0.3, "\(mean(1))")
    // Each of 12 absolute normals over its mean: about 12 less the one that the total takes.
    #expect(abs(mean(2) - 11) < bound + 0.6, "\(mean(2))")
    #expect(abs(variance(0) / 22 - 1) < 4.9 * (3.1 / Double(runs)).squareRoot(), "\(variance(0))")
    // E[pMSE] = df c (1 − c)²/N and its standard deviation √(2 df) c (1 − c)²/N.
    let n = Double(realCount + syntheticCount)
    let c = Double(syntheticCount) / n
    let unit = c * (1 - c) * (1 - c) / n
    #expect(abs(mean(3) / unit - 11) < bound)
    #expect(abs(variance(3).squareRoot() / (22.0.squareRoot() * unit) - 1) < 0.22)
    #expect(abs(mean(4) - 1) < bound / 11 + 0.02, "\(mean(4))")
  }

  @Test func `the score of three variables is the published one`() throws {
    // Σ |p − q| = 0.25 over the cells of the vector above: 500 (2 − 0.25) = 875.
    let codes: [[UInt32]] = [[1, 1, 2, 2, 3, 3, 4, 4], [1, 2, 2, 3, 3, 4, 4, 4]]
    func column(_ codes: [[UInt32]], _ count: Int) -> GroupedColumn {
      GroupedColumn(
        AlignedColumn(
          name: "l", kind: .category,
          sides: codes.map { AlignedColumn.Side(values: [], codes: $0) },
          levels: (0..<count).map { "\($0)" }))
    }
    let constant = column([[UInt32]](repeating: [UInt32](repeating: 1, count: 8), count: 2), 1)
    let measure = MarginMeasure(
      columns: [column(codes, 4), constant, constant], names: ["a", "b", "c"], bootstrap: nil)
    let margins = measure.result([], key: RandomKey(seed: "1"), threads: 1, progress: .silent)
    #expect(margins.threeWay.value == 875)
    #expect(margins.worstTriples.map(\.columns) == [["a", "b", "c"]])
  }
}
