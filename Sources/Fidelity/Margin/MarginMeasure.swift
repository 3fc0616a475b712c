// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics
import Randomness
import Tables

/// Measures the tables of two and of three variables.
struct MarginMeasure: Sendable {
  /// The most tables of three variables; of more, so many are drawn.
  static let maximumTripleCount = 2000
  /// How many of the worst are listed.
  static let listedCount = 5

  let columns: [GroupedColumn]
  let names: [String]
  let bootstrap: BootstrapRows?
  /// How much larger a ratio fresh real rows have than a right synthesis, which has 1.
  var freshFactor = 1.0

  // MARK: Two variables

  /// Compares the joint counts of each pair, in the order of `pairs`.
  func pairTables(
    _ pairs: [(first: Int, second: Int)], threads: Int, progress: ProgressHandler
  ) -> [TableUtility?] {
    ChunkedWork(count: pairs.count, threads: threads).map(
      progress: progress, phase: "measuring tables"
    ) { range in
      var counting = PairCounting()
      return range.map { table(pairs[$0].first, pairs[$0].second, &counting) }
    }
  }

  private func table(_ first: Int, _ second: Int, _ counting: inout PairCounting) -> TableUtility? {
    let (a, b) = (columns[first], columns[second])
    counting.count(
      a.codes, a.codeCount, b.codes, b.codeCount, bootstrap: nil)
    guard
      var comparison = TableComparison(
        realCount: counting.totals[0], syntheticCount: counting.totals[1])
    else { return nil }
    counting.forEachCell { comparison.add(cell: $0, real: $1, synthetic: $2) }
    return comparison.result { cell in
      let codes = counting.codes(of: cell)
      return [a.label(codes.first), b.label(codes.second)]
    }
  }

  // MARK: Three variables

  /// Summarizes the pairs' tables and measures the triples.
  func result(
    _ tables: [TableUtility?], key: RandomKey, threads: Int, progress: ProgressHandler
  ) -> MarginFidelity {
    let ratios = tables.compactMap { table in
      table?.ratio.map { (ratio: $0, cells: table?.cellCount ?? 2) }
    }
    let triples = triples(key: key)
    let distances = ChunkedWork(count: triples.count, threads: threads).map(
      progress: progress, phase: "measuring tables of three"
    ) { range in range.map { distance(triples[$0]) } }
    let worst = distances.indices.sorted {
      (distances[$1].value ?? -1, $0) < (distances[$0].value ?? -1, $1)
    }.prefix(Self.listedCount)
    return MarginFidelity(
      pairRatio: meanRatio(ratios), worstPairRatio: worstRatio(ratios),
      threeWay: threeWay(distances),
      worstTriples: worst.map { place in
        .init(columns: triples[place].map { names[$0] }, distance: distances[place].score)
      })
  }

  private func meanRatio(_ ratios: [(ratio: Double, cells: Int)]) -> Score {
    guard !ratios.isEmpty else { return Score(notComputable: "no table has two cells or more") }
    return Score(
      ratios.reduce(0) { $0 + $1.ratio } / Double(ratios.count), reference: freshFactor,
      note: "over \(ratios.count) tables of two variables; a right synthesis gets 1")
  }

  /// The largest ratio, beside the 95 % point of its own chi-square distribution over its freedom.
  private func worstRatio(_ ratios: [(ratio: Double, cells: Int)]) -> Score {
    guard let worst = ratios.max(by: { $0.ratio < $1.ratio }) else {
      return Score(notComputable: "no table has two cells or more")
    }
    // Wilson and Hilferty's cube; the point allows for having taken the worst of all tables.
    let k = 2 / (9 * Double(worst.cells - 1))
    let root = 1 - k + NormalDistribution.quantile(1 - 0.05 / Double(ratios.count)) * k.squareRoot()
    return Score(
      worst.ratio, reference: freshFactor, limit: freshFactor * root * root * root)
  }

  private func threeWay(_ distances: [LanedScore]) -> Score {
    let mean = LanedScore.meanPercent(of: distances, noun: "tables of three variables")
    guard let value = mean.value else { return mean }
    // The mean is in per cent of the distance, half of the sum that the score is made of.
    func score(_ percent: Double) -> Double { 1000 - 10 * percent }
    return Score(
      score(value), reference: mean.reference.map(score), limit: mean.limit.map(score),
      note: "over \(distances.count) tables of three variables, scales in groups of real fifths")
  }

  private func triples(key: RandomKey) -> [[Int]] {
    let n = columns.count
    guard n >= 3 else { return [] }
    let (product, overflow) = (n * (n - 1)).multipliedReportingOverflow(by: n - 2)
    if !overflow, product / 6 <= Self.maximumTripleCount {
      var all: [[Int]] = []
      for first in 0..<n {
        for second in (first + 1)..<n {
          for third in stride(from: second + 1, to: n, by: 1) {
            all.append([first, second, third])
          }
        }
      }
      return all
    }
    var stream = key.stream(path: ["fidelity", "triples"]).stream(entity: 0)
    var drawn: Set<[Int]> = []
    while drawn.count < Self.maximumTripleCount {
      drawn.insert(Draws.sample(3, of: n, using: &stream))
    }
    return drawn.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private func distance(_ triple: [Int]) -> LanedScore {
    let (a, b) = (columns[triple[0]], columns[triple[1]])
    let c = columns[triple[2]]
    var counting = PairCounting()
    // Two variables as one, then a pair with the third.
    let codes = a.codes.indices.map { side in
      zip(a.codes[side], b.codes[side]).map { $0 * UInt32(b.codeCount) + $1 }
    }
    counting.count(
      codes, a.codeCount * b.codeCount, c.codes, c.codeCount, bootstrap: bootstrap)
    guard counting.totals[0] > 0, counting.totals[1] > 0 else {
      return LanedScore(notComputable: "a table has no rows")
    }
    return LanedScore(
      counting.totalVariation(side: 1),
      holdout: counting.totals.count > 2 && counting.totals[2] > 0
        ? counting.totalVariation(side: 2) : nil,
      lanes: bootstrap.map { counting.totalVariationLanes(size: $0.size) }
        ?? Lanes(repeating: .nan))
  }
}
