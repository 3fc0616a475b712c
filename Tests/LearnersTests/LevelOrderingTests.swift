// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
import Testing

@testable import Learners

@Suite struct `Order of levels` {
  private static func entropyTerm(_ count: Double) -> Double {
    count > 0 ? count * ElementaryFunctions.log(count) : 0
  }

  /// The log-likelihood of a split of levels into two sets, by its definition.
  private static func likelihood(_ counts: [[Double]], left: Set<Int>) -> Double {
    [true, false].reduce(0) { sum, side in
      let levels = counts.indices.filter { left.contains($0) == side }
      let classes = counts[0].indices.map { index in levels.reduce(0) { $0 + counts[$1][index] } }
      return sum + classes.reduce(0) { $0 + entropyTerm($1) } - entropyTerm(classes.reduce(0, +))
    }
  }

  private static func best(alongOrder counts: [[Double]]) -> Double {
    let positions = LevelOrdering.positions(
      counts: counts.flatMap { $0 }, levelCount: counts.count, classCount: counts[0].count)
    #expect(Set(positions) == Set(counts.indices.map { UInt8($0) }))
    return (0..<counts.count - 1).map { cut in
      likelihood(counts, left: Set(counts.indices.filter { Int(positions[$0]) <= cut }))
    }.max() ?? -.infinity
  }

  private static func best(ofAllSubsets counts: [[Double]]) -> Double {
    (1..<(1 << counts.count) - 1).map { subset in
      likelihood(counts, left: Set(counts.indices.filter { subset >> $0 & 1 == 1 }))
    }.max() ?? -.infinity
  }

  private static func table(_ trial: Int, levels: Int, classes: Int) -> [[Double]] {
    var generator = RandomKey(seed: "levels").stream("\(levels) \(classes)")
      .stream(entity: UInt64(trial))
    return (0..<levels).map { _ in
      (0..<classes).map { _ in Double(Draws.integer(below: 30, using: &generator)) + 1 }
    }
  }

  @Test func `for two classes the order holds the best split of all subsets`() {
    for trial in 0..<50 {
      let counts = Self.table(trial, levels: 7, classes: 2)
      let (found, best) = (Self.best(alongOrder: counts), Self.best(ofAllSubsets: counts))
      #expect(abs(found - best) < 1e-9 * abs(best), "trial \(trial)")
    }
  }

  @Test func `for more classes the best split along the order is near the best of all`() {
    for trial in 0..<50 {
      let counts = Self.table(trial, levels: 6, classes: 4)
      let (found, best) = (Self.best(alongOrder: counts), Self.best(ofAllSubsets: counts))
      let unsplit = Self.likelihood(counts, left: Set(counts.indices))
      #expect(found <= best + 1e-9 * abs(best))
      #expect(found - unsplit >= 0.6 * (best - unsplit), "trial \(trial)")
    }
  }

  @Test func `levels of equal shares and empty levels get a place each`() {
    let positions = LevelOrdering.positions(
      counts: [1, 1, 0, 0, 2, 2], levelCount: 3, classCount: 2)
    #expect(Set(positions) == [0, 1, 2])
    #expect(LevelOrdering.positions(counts: [0, 0], levelCount: 2, classCount: 1) == [0, 1])
  }
}
