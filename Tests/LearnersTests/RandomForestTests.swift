// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
import Testing

@Suite struct `Random forests` {
  private static let stream = RandomKey(seed: "forest").stream("test")

  /// A target that follows the first two of six predictors by their exclusive or, nine times in ten.
  private static func rows(_ count: Int) -> (target: TreeTarget, predictors: [TreePredictor]) {
    var codes = [[UInt8]](repeating: [], count: 6)
    var target: [UInt8] = []
    for row in 0..<count {
      var draws = RandomKey(seed: "known").stream("forest").stream(entity: UInt64(row))
      let own = (0..<6).map { _ in UInt8(Draws.integer(below: 2, using: &draws)) }
      for place in 0..<6 { codes[place].append(own[place]) }
      let truth = own[0] ^ own[1]
      target.append(Draws.uniform(using: &draws) < 0.9 ? truth : 1 - truth)
    }
    return (
      TreeTarget(codes: target, binCount: 2, leadingNominalCount: 0, isOrdered: false),
      codes.map { TreePredictor(codes: $0, binCount: 2, isOrdered: false) }
    )
  }

  @Test func `each leaf rests on at least so many different rows, and threads change nothing`() {
    let (target, predictors) = Self.rows(800)
    let grower = RandomForestGrower(
      options: ForestOptions(
        treeCount: 10,
        trees: TreeOptions(minimumLeafWeight: 15, penaltyPerFreedom: 0, penaltyPerSplit: 1e-6)))
    let rows = (0..<Int32(800)).map { $0 }
    let forest = grower.forest(of: target, on: predictors, rows: rows, using: Self.stream)
    #expect(forest.trees.count == 10)
    for tree in forest.trees {
      #expect((0..<tree.leafCount).allSatisfy { tree.weight(ofLeaf: $0) >= 15 })
      // 63.2 % of 800 rows, none twice.
      #expect((0..<tree.leafCount).reduce(0) { $0 + tree.weight(ofLeaf: $1) } == 506)
    }
    #expect(Set(forest.trees.map(\.thresholds.count)).count > 1)
    #expect(
      grower.forest(of: target, on: predictors, rows: rows, using: Self.stream, threads: 3)
        == forest)
  }

  @Test func `what no single predictor tells is learned`() {
    let (target, predictors) = Self.rows(4000)
    let forest = RandomForestGrower().forest(
      of: target, on: predictors, rows: (0..<Int32(3000)).map { $0 }, using: Self.stream)
    let held = (3000..<Int32(4000)).map { $0 }
    let shares = forest.shares(held, predictors, binCount: 2)
    let right = held.indices.count {
      (shares[2 * $0 + 1] > 0.5) == (target.codes[Int(held[$0])] == 1)
    }
    // Nine in ten can be right; one of 1,000 rows has a standard error of 0.0095.
    #expect(Double(right) / 1000 > 0.9 - 4.892 * 0.0095)
    #expect(held.indices.allSatisfy { abs(shares[2 * $0] + shares[2 * $0 + 1] - 1) < 1e-12 })
  }

  @Test func `without predictors, or with too few rows for two leaves, there is one leaf of all`() {
    let (target, predictors) = Self.rows(30)
    let rows = (0..<Int32(30)).map { $0 }
    for predictors in [[], predictors] {
      let forest = RandomForestGrower().forest(
        of: target, on: predictors, rows: rows, using: Self.stream)
      #expect(forest.trees.count == 1 && forest.trees[0].leafCount == 1)
      #expect(forest.trees[0].weight(ofLeaf: 0) == 30)
    }
  }

  @Test func `trees that order bins differently are no forest`() {
    #expect(RandomForest(trees: []) == nil)
  }
}
