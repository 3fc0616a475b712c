// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Learners

@Suite struct `Near rows of numbers and levels` {
  /// 60 rows of two numbers, two columns of levels and a class, by Knuth's linear congruential generator
  /// from 11.
  private static let rows: (numbers: [Double], codes: [[UInt8]], classes: [Int32]) = {
    var state: UInt64 = 11
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33) / 0x1p31
    }
    var numbers: [Double] = []
    var codes: [[UInt8]] = [[], []]
    var classes: [Int32] = []
    for _ in 0..<60 {
      numbers += [uniform() * 10, uniform() * 4]
      codes[0].append(UInt8(uniform() * 3))
      codes[1].append(UInt8(uniform() * 4))
      classes.append(uniform() < 0.4 ? 1 : 0)
    }
    return (numbers, codes, classes)
  }()

  /// `SMOTENC([2, 3], k_neighbors = 5)` of imbalanced-learn 0.14.2 on scikit-learn 1.9.1: the neighbours that
  /// its `nn_k_` finds for the first eight of the 23 minority rows, where levels that differ cost the
  /// square of the median deviation, 1.9103627045735245.
  @Test func `are those that SMOTE-NC finds`() {
    let (numbers, codes, classes) = Self.rows
    let kept = classes.indices.filter { classes[$0] == 1 }
    #expect(kept.count == 23)
    let cost = 1.910_362_704_573_524_5 * 1.910_362_704_573_524_5
    let data = MixedNeighbours(
      rowCount: 60, numbers: numbers, codes: codes,
      costs: [
        MixedNeighbours.overlap(3, cost: cost), MixedNeighbours.overlap(4, cost: cost),
      ])
    let all = data.nearest(5, groups: classes, threads: 2)
    let place = Dictionary(uniqueKeysWithValues: kept.enumerated().map { (Int32($1), $0) })
    let found = kept.prefix(8).flatMap { row in all[row * 5..<row * 5 + 5].map { place[$0] ?? -1 } }
    #expect(
      found == [
        20, 19, 7, 12, 17, 21, 18, 0, 12, 7, 21, 15, 0, 16, 22, 16, 8, 9, 6, 5,
        7, 17, 20, 12, 0, 13, 11, 3, 16, 8, 9, 3, 16, 10, 8, 4, 20, 17, 0, 1,
      ])
  }

  /// `ValueDifferenceMetric` of imbalanced-learn 0.14.2, on both columns of levels and a third that cuts
  /// the first number in four.
  @Test func `differences of levels are those of the value difference metric`() {
    let (numbers, codes, classes) = Self.rows
    let all = codes + [(0..<60).map { UInt8(numbers[2 * $0] / 3) }]
    let costs = zip(all, [3, 4, 4]).map {
      MixedNeighbours.valueDifferences($0, count: $1, classes: classes, classCount: 2)
    }
    let pairs = [(0, 1), (0, 2), (3, 7), (10, 20)]
    let wanted = [
      0.10467128027681659, 0.00034506225498183603, 0.007692001030492055, 0.0886106311651009,
    ]
    for ((first, second), wanted) in zip(pairs, wanted) {
      var sum = 0.0
      for (column, width) in [3, 4, 4].enumerated() {
        let (a, b) = (Int(all[column][first]), Int(all[column][second]))
        sum += costs[column][a * width + b]
      }
      #expect(abs(sum - wanted) < 1e-12)
    }
  }

  /// All pairs compared, on 700 rows with missing numbers, ties and costs that hang on the pair.
  @Test(arguments: [[Int32](), (0..<700).map { Int32($0 % 3) }])
  func `boxes find what comparing all rows finds`(groups: [Int32]) {
    var state: UInt64 = 5
    func integer(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % below
    }
    let count = 700
    let numbers = (0..<count * 3).map { _ in
      integer(12) == 0 ? Double.nan : Double(integer(9)) * 0.7
    }
    let codes = [4, 7].map { width in (0..<count).map { _ in UInt8(integer(width)) } }
    let costs = [4, 7].map { width -> [Double] in
      let own = (0..<width).map { _ in Double(integer(5)) }
      return (0..<width * width).map {
        $0 / width == $0 % width ? 0 : own[$0 / width] + own[$0 % width]
      }
    }
    let data = MixedNeighbours(
      rowCount: count, numbers: numbers, codes: codes, costs: costs, missingCost: 1.3)
    let found = data.nearest(4, groups: groups, threads: 2)
    for row in stride(from: 0, to: count, by: 7) {
      let others = (0..<count).filter { $0 != row && (groups.isEmpty || groups[$0] == groups[row]) }
      let distances = others.map { other -> Double in
        var sum = 0.0
        for k in 0..<3 {
          let (a, b) = (numbers[row * 3 + k], numbers[other * 3 + k])
          sum += a.isNaN && b.isNaN ? 0 : a.isNaN || b.isNaN ? 1.3 : (a - b) * (a - b)
        }
        for (column, width) in [4, 7].enumerated() {
          sum += costs[column][Int(codes[column][row]) * width + Int(codes[column][other])]
        }
        return sum
      }
      let order = others.indices.sorted {
        (distances[$0], others[$0]) < (distances[$1], others[$1])
      }
      #expect(order.prefix(4).map { Int32(others[$0]) } == Array(found[row * 4..<row * 4 + 4]))
    }
  }

  /// By hand: from the row at 0 that at 1 lies 1 away, that at 3 with another level 9 + 1, and the one whose
  /// number is missing 5 + 1.
  @Test func `a missing number costs what it is said to, and fewer rows leave places empty`() {
    let data = MixedNeighbours(
      rowCount: 4, numbers: [0, 1, 3, .nan], codes: [[0, 0, 1, 1]],
      costs: [MixedNeighbours.overlap(2, cost: 1)], missingCost: 5)
    #expect(data.nearest(4) == [1, 3, 2, -1, 0, 2, 3, -1, 1, 3, 0, -1, 2, 0, 1, -1])
    #expect(data.nearest(2, groups: [0, 0, 1, 2]) == [1, -1, 0, -1, -1, -1, -1, -1])
  }
}
