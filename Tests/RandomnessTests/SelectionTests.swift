// SPDX-License-Identifier: Apache-2.0
import Randomness
import Testing

@Suite struct `Draws of categories and orders` {
  static let weightSets: [[Double]] = [
    [1], [1, 1], [0, 3, 0, 1, 0], [5e-5, 0.2, 0.3, 0.49995], (1...200).map { Double($0) },
    [1e308, 1e308, 0, 1e308], [1e-308, 3e-308],
  ]

  @Test(arguments: weightSets)
  func `indices are drawn in proportion to their weights`(weights: [Double]) throws {
    let largest = weights.max() ?? 1
    let total = weights.reduce(0) { $0 + $1 / largest }
    let probabilities = weights.map { $0 / largest / total }
    let alias = try AliasTable(weights: weights)
    let cumulative = try CumulativeWeights(weights: weights)
    #expect(alias.count == weights.count)
    #expect(cumulative.count == weights.count)
    let key = RandomKey(seed: "categories")
    for name in ["alias", "cumulative"] {
      var generator = key.stream("\(name) \(weights.count) \(largest)").stream(entity: 0)
      var counts = [Int](repeating: 0, count: weights.count)
      for _ in 0..<100_000 {
        let index =
          name == "alias" ? alias.draw(using: &generator) : cumulative.draw(using: &generator)
        counts[index] += 1
      }
      for (count, weight) in zip(counts, weights) where weight == 0 { #expect(count == 0) }
      let (statistic, freedom) = StatisticalBounds.fit(
        counts: counts, probabilities: probabilities)
      let bound = StatisticalBounds.chiSquare(freedom: freedom)
      #expect(statistic <= bound, "\(name): n 100000, chi-square \(statistic), bound \(bound)")
    }
  }

  @Test func `cumulative weights find the index by hand`() throws {
    let weights = try CumulativeWeights(weights: [0, 1, 0, 2, 1, 0])
    #expect([0, 0.2499, 0.25, 0.7499, 0.75, 0.9999].map(weights.index) == [1, 1, 3, 3, 4, 4])
    #expect(weights.index(at: 1.0.nextDown) == 4)
  }

  @Test func `weights that cannot be drawn from are refused with the reason`() {
    #expect(throws: WeightError.count(0)) { try AliasTable(weights: []) }
    #expect(throws: WeightError.allZero) { try AliasTable(weights: [0, 0]) }
    #expect(throws: WeightError.invalid(index: 1)) { try AliasTable(weights: [1, -1]) }
    #expect(throws: WeightError.invalid(index: 0)) { try CumulativeWeights(weights: [.nan]) }
    #expect(throws: WeightError.invalid(index: 2)) {
      try CumulativeWeights(weights: [1, 2, .infinity])
    }
  }

  @Test func `every order of four is equally frequent`() {
    var generator = RandomKey(seed: "orders").stream("shuffle").stream(entity: 0)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<100_000 { counts[Draws.permutation(of: 4, using: &generator), default: 0] += 1 }
    #expect(counts.count == 24)
    let (statistic, freedom) = StatisticalBounds.fit(
      counts: Array(counts.values), probabilities: [Double](repeating: 1 / 24, count: 24))
    #expect(freedom == 23)
    #expect(statistic <= StatisticalBounds.chiSquare(freedom: freedom))
  }

  @Test func `every pair out of five is equally frequent, and samples ascend without repeats`() {
    var generator = RandomKey(seed: "orders").stream("sample").stream(entity: 0)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<100_000 { counts[Draws.sample(2, of: 5, using: &generator), default: 0] += 1 }
    #expect(counts.count == 10)
    #expect(counts.keys.allSatisfy { $0[0] < $0[1] })
    let (statistic, _) = StatisticalBounds.fit(
      counts: Array(counts.values), probabilities: [Double](repeating: 0.1, count: 10))
    #expect(statistic <= StatisticalBounds.chiSquare(freedom: 9))
    #expect(Draws.sample(0, of: 0, using: &generator).isEmpty)
    #expect(Draws.sample(3, of: 3, using: &generator) == [0, 1, 2])
    #expect(Draws.sample(3, of: .max, using: &generator).count == 3)
  }

  @Test func `empty and single lists stay as they are`() {
    var generator = RandomKey(seed: "orders").stream("small").stream(entity: 0)
    var empty: [Int] = []
    Draws.shuffle(&empty, using: &generator)
    #expect(empty.isEmpty)
    #expect(Draws.permutation(of: 1, using: &generator) == [0])
  }
}
