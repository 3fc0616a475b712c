// SPDX-License-Identifier: Apache-2.0
import Randomness
import Testing

@testable import Contracts

@Suite struct `The permutation test of independence` {
  /// Two variables of 4 and 3 levels; with `tie` the second follows the first in that share of rows.
  private static func pair(_ rowCount: Int, tie: Double, seed: String) -> ([Int], [Int]) {
    var draws = RandomKey(seed: seed).stream("pair").stream(entity: 0)
    var (first, second): ([Int], [Int]) = ([], [])
    for _ in 0..<rowCount {
      first.append(Draws.integer(below: 4, using: &draws))
      let free = Draws.integer(below: 3, using: &draws)
      second.append(Draws.uniform(using: &draws) < tie ? min(first[first.count - 1], 2) : free)
    }
    return (first, second)
  }

  @Test func `p-values of independent variables are spread evenly`() throws {
    let test = IndependenceTest(permutationCount: 99)
    let values = try (0..<200).map { number -> Double in
      let (first, second) = Self.pair(60, tie: 0, seed: "\(number)")
      return try #require(test.pValue(first, second, key: RandomKey(seed: "p\(number)")))
    }.sorted()
    // Kolmogorov–Smirnov, n = 200: sqrt(ln(2 / 1e-6) / 400) = 0.19.
    for (rank, value) in values.enumerated() {
      #expect(abs(value - Double(rank + 1) / 200) < 0.2)
    }
  }

  @Test func `a tie in a third of the rows is always seen`() throws {
    for number in 0..<10 {
      let (first, second) = Self.pair(400, tie: 0.35, seed: "\(number)")
      #expect(IndependenceTest().pValue(first, second, key: RandomKey(seed: "p")) == 0.001)
    }
  }

  @Test func `a constant has no p-value`() {
    let ones = [1, 1, 1, 1]
    #expect(IndependenceTest().pValue(ones, [0, 1, 0, 1], key: RandomKey(seed: "p")) == nil)
  }
}
