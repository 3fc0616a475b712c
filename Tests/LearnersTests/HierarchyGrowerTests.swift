// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
import Testing

@testable import Learners

@Suite struct `Boosting over a hierarchy of bins` {
  private static func made(
    _ count: Int, bins: Int, _ share: (UInt8, UInt8, UInt8) -> Double
  ) -> (predictors: [TreePredictor], isLeft: [Bool]) {
    let key = RandomKey(seed: "hierarchy").stream("rows")
    var codes = [[UInt8]](repeating: [], count: 3)
    var isLeft: [Bool] = []
    for row in 0..<count {
      var stream = key.stream(entity: UInt64(row))
      let own = (0..<3).map { _ in UInt8(Draws.integer(below: bins, using: &stream)) }
      for index in 0..<3 { codes[index].append(own[index]) }
      isLeft.append(Draws.bernoulli(share(own[0], own[1], own[2]), using: &stream))
    }
    return (
      codes.enumerated().map {
        TreePredictor(codes: $0.element, binCount: bins, isOrdered: $0.offset > 0)
      }, isLeft
    )
  }

  @Test func `cuts halve the weight, after the missing bins were parted`() throws {
    // By hand: bins 0 and 1 are missing reasons; of 10, 20, 40, 30 the nearest half is 30 : 70 or
    // 70 : 30, and the first is taken.
    let hierarchy = BinHierarchy(weights: [3, 5, 10, 20, 0, 40, 30], leadingNominalCount: 2)
    #expect(hierarchy.bins == [0, 1, 2, 3, 5, 6])
    #expect(hierarchy.nodes.map(\.middle) == [2, 1, 4, 3, 5])
    #expect(hierarchy.nodes.map(\.left) == [1, -1, 3, -1, -1])
    #expect(hierarchy.nodes.map(\.right) == [2, -1, 4, -1, -1])
    let read = BinHierarchy(bins: hierarchy.bins, middles: hierarchy.nodes.map(\.middle))
    #expect(read == hierarchy)
    #expect(BinHierarchy(bins: [1, 2, 3], middles: [1, 1]) == nil)
    #expect(BinHierarchy(bins: [1, 2, 2], middles: [1, 2]) == nil)
    #expect(BinHierarchy(bins: [1, 2], middles: []) == nil)
    #expect(BinHierarchy(weights: [0, 2], leadingNominalCount: 0).nodes.isEmpty)
  }

  @Test func `an interaction is learned to nearly the best loss there is`() throws {
    let (predictors, isLeft) = Self.made(3000, bins: 16) { _, b, c in
      (b > 7) == (c > 7) ? 0.9 : 0.1
    }
    let split = HierarchyGrower().split(
      predictors, Array(0..<2000), Array(isLeft[..<2000]))
    let test = Array(Int32(2000)..<3000)
    let odds = split.logOdds(test, predictors)
    var loss = 0.0
    for (row, odds) in zip(test, odds) {
      let p = BoostedSplit.probability(Int64(odds * BoostedSplit.unit))
      loss -= ElementaryFunctions.log(isLeft[Int(row)] ? p : 1 - p)
    }
    // The truth has an entropy of 0.3251 nats; the loss of one row has a deviation of
    // log 9 · √0.09 = 0.66, so that of 1000 strays by 0.0208, and 0.05 is left for learning.
    #expect(abs(loss / 1000 - 0.3251) < 4.892 * 0.0208 + 0.05, "\(loss / 1000)")
    #expect(loss / 1000 < 0.45)
  }

  @Test func `pure noise grows few trees, and next to no opinion`() throws {
    let (predictors, isLeft) = Self.made(1000, bins: 16) { _, _, _ in 0.3 }
    let split = HierarchyGrower().split(predictors, Array(0..<1000), isLeft)
    let odds = split.logOdds(Array(0..<1000), predictors)
    // An honest opinion would stray by the error of the share, 0.07 in log-odds, and little more.
    let mean = odds.reduce(0, +) / 1000
    let square = odds.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1000
    #expect(square < 0.04, "\(square)")
  }

  @Test func `every leaf rests on forty rows or more`() throws {
    let (predictors, isLeft) = Self.made(500, bins: 32) { a, b, c in
      Double(a &+ b &* 3 &+ c) / 160
    }
    let split = HierarchyGrower().split(predictors, Array(0..<500), isLeft)
    #expect(!split.ensembles.isEmpty)
    for ensemble in split.ensembles {
      for root in ensemble.roots {
        var counts: [Int32: Int] = [:]
        for row in 0..<500 {
          var node = ensemble.nodes[Int(root)]
          while !node.isLeaf {
            let asked = Int(node.predictor)
            let bin = predictors[Int(ensemble.asked[asked])].codes[row]
            let order = ensemble.positions[asked]
            let position = order.isEmpty ? bin : order[Int(bin)]
            node = ensemble.nodes[Int(node.link) + (position <= node.threshold ? 0 : 1)]
          }
          counts[node.link, default: 0] += 1
        }
        #expect(counts.values.allSatisfy { $0 >= HierarchyOptions.leastLeafCount })
      }
    }
  }

  @Test func `a table of few rows, or of one class, keeps its share and grows nothing`() throws {
    let (predictors, isLeft) = Self.made(60, bins: 4) { a, _, _ in a > 1 ? 1 : 0 }
    let few = HierarchyGrower().split(predictors, Array(0..<60), isLeft)
    #expect(few.ensembles.isEmpty)
    let positive = Double(isLeft.count { $0 })
    let odds = ElementaryFunctions.log((positive + 0.5) / (60.5 - positive))
    #expect(abs(Double(few.base) / BoostedSplit.unit - odds) < 1 / BoostedSplit.unit)
    let one = HierarchyGrower().split(
      predictors, Array(0..<60), [Bool](repeating: true, count: 60))
    #expect(one.ensembles.isEmpty)
  }

  @Test func `an ensemble whose nodes point backwards, or to nothing, is refused`() {
    let leaf = BoostedEnsemble.Node(place: 1, value: 3)
    func made(_ link: Int32, predictor: Int16 = 0, _ rest: [BoostedEnsemble.Node]) -> Bool {
      BoostedEnsemble(
        asked: [0], positions: [[]], roots: [0],
        nodes: [.init(link: link, predictor: predictor, threshold: 2)] + rest) != nil
    }
    let other = BoostedEnsemble.Node(place: 2, value: -3)
    #expect(made(1, [leaf, other]))
    #expect(!made(0, [leaf, other]))
    #expect(!made(2, [leaf, other]))
    #expect(!made(1, predictor: 1, [leaf, other]))
    #expect(!made(1, [leaf, leaf]))
    #expect(
      BoostedEnsemble(
        asked: [0], positions: [[1, 2]], roots: [0], nodes: [.init(place: 0, value: 1)])
        == nil)
  }
}
