// SPDX-License-Identifier: Apache-2.0
import Randomness
import Testing

@testable import Learners

@Suite struct `Growth of a tree` {
  /// A target that depends on two of three predictors.
  private static func data(rowCount: Int) -> (TreeTarget, [TreePredictor]) {
    var generator = RandomKey(seed: "growth").stream("rows").stream(entity: 0)
    var first: [UInt8] = []
    var second: [UInt8] = []
    var noise: [UInt8] = []
    var target: [UInt8] = []
    for _ in 0..<rowCount {
      let a = Draws.integer(below: 10, using: &generator)
      let b = Draws.integer(below: 3, using: &generator)
      first.append(UInt8(a))
      second.append(UInt8(b))
      noise.append(UInt8(Draws.integer(below: 8, using: &generator)))
      let chance = a < 4 ? 0.1 : (b == 1 ? 0.9 : 0.4)
      target.append(Draws.uniform(using: &generator) < chance ? 1 : 0)
    }
    return (
      TreeTarget(codes: target, binCount: 2, leadingNominalCount: 0, isOrdered: false),
      [
        TreePredictor(codes: first, binCount: 10, isOrdered: true),
        TreePredictor(codes: second, binCount: 3, isOrdered: false),
        TreePredictor(codes: noise, binCount: 8, isOrdered: true),
      ]
    )
  }

  private static func leaf(_ tree: ConditionalTree, _ bins: [UInt8]) -> Int {
    var node = 0
    while tree.predictors[node] >= 0 {
      let predictor = Int(tree.predictors[node])
      let order = tree.positions[predictor]
      let position = order.isEmpty ? bins[predictor] : order[Int(bins[predictor])]
      node = Int(tree.links[node]) + (position <= tree.thresholds[node] ? 0 : 1)
    }
    return Int(tree.links[node])
  }

  @Test func `leaves hold the counts of the rows that fall into them, and enough of them`() {
    let (target, predictors) = Self.data(rowCount: 3000)
    let tree = TreeGrower(options: TreeOptions()).tree(
      of: target, on: predictors, rows: (0..<3000).map { Int32($0) })
    var counts = [[Double]](repeating: [0, 0], count: tree.leafCount)
    for row in 0..<3000 {
      counts[Self.leaf(tree, predictors.map { $0.codes[row] })][Int(target.codes[row])] += 1
    }
    for leaf in 0..<tree.leafCount {
      #expect(tree.weight(ofLeaf: leaf) == counts[leaf].reduce(0, +))
      #expect(tree.weight(ofLeaf: leaf) >= 20)
      var below = 0.0
      for index in Int(tree.leafStarts[leaf])..<Int(tree.leafStarts[leaf + 1]) {
        #expect(tree.cumulativeWeights[index] - below == counts[leaf][Int(tree.bins[index])])
        below = tree.cumulativeWeights[index]
      }
    }
    #expect(tree.leafCount >= 3)
  }

  @Test func `the rule that made the data is found before any noise is`() {
    let (target, predictors) = Self.data(rowCount: 5000)
    let tree = TreeGrower(options: TreeOptions()).tree(
      of: target, on: predictors, rows: (0..<5000).map { Int32($0) })
    let low = Self.leaf(tree, [1, 0, 0])
    let high = Self.leaf(tree, [8, 1, 0])
    #expect(low != high)
    #expect(Self.leaf(tree, [8, 1, 0]) != Self.leaf(tree, [8, 0, 0]))
    #expect(tree.predictors[0] != 2)
  }

  @Test func `weights of one and of two grow the tree of unit weights`() {
    let (target, predictors) = Self.data(rowCount: 2000)
    let rows = (0..<2000).map { Int32($0) }
    let grower = TreeGrower(options: TreeOptions())
    let unit = grower.tree(of: target, on: predictors, rows: rows)
    let one = grower.tree(
      of: target, on: predictors, rows: rows, weights: [Double](repeating: 1, count: 2000))
    #expect(one == unit)
  }

  @Test func `rows counted twice weigh as much as rows that occur twice`() {
    let (target, predictors) = Self.data(rowCount: 800)
    let grower = TreeGrower(options: TreeOptions())
    let doubled = TreeTarget(
      codes: target.codes + target.codes, binCount: 2, leadingNominalCount: 0, isOrdered: false)
    let twice = grower.tree(
      of: doubled,
      on: predictors.map {
        TreePredictor(codes: $0.codes + $0.codes, binCount: $0.binCount, isOrdered: $0.isOrdered)
      }, rows: (0..<1600).map { Int32($0) })
    let weighted = grower.tree(
      of: target, on: predictors, rows: (0..<800).map { Int32($0) },
      weights: [Double](repeating: 2, count: 800))
    #expect(weighted == twice)
  }

  @Test func `without predictors there is one leaf`() {
    let (target, _) = Self.data(rowCount: 10)
    let tree = TreeGrower(options: TreeOptions()).tree(
      of: target, on: [], rows: (0..<10).map { Int32($0) })
    #expect(tree.leafCount == 1)
    #expect(tree.weight(ofLeaf: 0) == 10)
  }
}
