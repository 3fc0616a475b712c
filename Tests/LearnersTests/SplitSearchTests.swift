// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
import Testing

@testable import Learners

@Suite struct `Search of a split` {
  private struct Node {
    var positions: [UInt8]
    var classes: [UInt8]
    var classCount: Int
    var positionCount: Int

    init(trial: Int, rowCount: Int, positionCount: Int, classCount: Int) {
      var generator = RandomKey(seed: "splits").stream("\(rowCount) \(positionCount)")
        .stream(entity: UInt64(trial))
      positions = (0..<rowCount).map { _ in
        UInt8(Draws.integer(below: positionCount, using: &generator))
      }
      let middle = positionCount / 2
      classes = positions.map { position in
        let isShifted = Draws.uniform(using: &generator) < (Int(position) < middle ? 0.2 : 0.7)
        return UInt8(
          isShifted ? classCount - 1 : Draws.integer(below: classCount, using: &generator))
      }
      self.classCount = classCount
      self.positionCount = positionCount
    }

    /// The split of the greatest likelihood, counted afresh for every threshold.
    func bestByCounting(minimumLeafWeight: Double) -> (threshold: Int, likelihood: Double)? {
      var best: (threshold: Int, likelihood: Double)?
      for threshold in 0..<positionCount - 1 where positions.contains(UInt8(threshold)) {
        var counts = [[Double]](repeating: [Double](repeating: 0, count: classCount), count: 2)
        for (position, index) in zip(positions, classes) {
          counts[Int(position) <= threshold ? 0 : 1][Int(index)] += 1
        }
        let sizes = counts.map { $0.reduce(0, +) }
        guard sizes.allSatisfy({ $0 >= minimumLeafWeight && $0 > 0 }) else { continue }
        var likelihood = 0.0
        for (side, size) in zip(counts, sizes) {
          for count in side where count > 0 {
            likelihood += count * ElementaryFunctions.log(count / size)
          }
        }
        if likelihood > best?.likelihood ?? -.infinity { best = (threshold, likelihood) }
      }
      return best
    }

    func best<Weights: RowWeights>(
      _ search: borrowing SplitSearch<Weights>, weights: Weights, repeated: Bool
    ) -> Split? {
      // The sorted path is taken where there are few rows for the cells of a histogram: a position
      // count padded to 256 asks for it without changing the node.
      let width = repeated ? 256 : positionCount
      let rows = positions.indices.map { Int32($0) }
      var classWeights = [Weights.Count](repeating: 0, count: classCount)
      for row in rows { classWeights[Int(classes[Int(row)])] += weights.weight(ofRow: row) }
      var isConstant = false
      return rows.withUnsafeBufferPointer { rows in
        positions.withUnsafeBufferPointer { positions in
          classes.withUnsafeBufferPointer { classes in
            classWeights.withUnsafeBufferPointer { classWeights in
              guard let positionBase = positions.baseAddress, let classBase = classes.baseAddress
              else { return nil }
              return search.best(
                predictor: 3, positions: positionBase, positionCount: width, rows: rows,
                classes: classBase, classWeights: classWeights, isConstant: &isConstant)
            }
          }
        }
      }
    }
  }

  @Test(arguments: [(60, 5, 3), (400, 12, 4), (1000, 20, 2)])
  func `histogram, sorted rows and counting find the same split`(
    rowCount: Int, positionCount: Int, classCount: Int
  ) throws {
    for trial in 0..<20 {
      let node = Node(
        trial: trial, rowCount: rowCount, positionCount: positionCount, classCount: classCount)
      let unit = UnitWeights(rowCount: rowCount)
      let search = SplitSearch(weights: unit, minimumLeafWeight: 10, rowCount: rowCount)
      let expected = try #require(node.bestByCounting(minimumLeafWeight: 10))
      for isSorted in [false, true] {
        let split = node.best(search, weights: unit, repeated: isSorted)
        let found = try #require(split)
        #expect(Int(found.threshold) == expected.threshold)
        #expect(abs(found.likelihood - expected.likelihood) < 1e-8 * abs(expected.likelihood))
        #expect(found.predictor == 3)
      }
    }
  }

  @Test func `weights of one give what unit weights give`() throws {
    for trial in 0..<20 {
      let node = Node(trial: trial, rowCount: 300, positionCount: 9, classCount: 3)
      let unit = UnitWeights(rowCount: 300)
      let real = RealWeights(weights: [Double](repeating: 1, count: 300))
      let first = node.best(
        SplitSearch(weights: unit, minimumLeafWeight: 10, rowCount: 300), weights: unit,
        repeated: false)
      let second = node.best(
        SplitSearch(weights: real, minimumLeafWeight: 10, rowCount: 300), weights: real,
        repeated: false)
      #expect(first?.threshold == second?.threshold)
      let difference = try #require(first).likelihood - (try #require(second)).likelihood
      #expect(abs(difference) < 1e-9 * 300)
    }
  }

  @Test func `no split leaves less than the minimum on a side`() {
    let node = Node(trial: 0, rowCount: 39, positionCount: 6, classCount: 2)
    let unit = UnitWeights(rowCount: 39)
    let search = SplitSearch(weights: unit, minimumLeafWeight: 20, rowCount: 39)
    let counted = node.best(search, weights: unit, repeated: false)
    let sorted = node.best(search, weights: unit, repeated: true)
    #expect(counted == nil && sorted == nil)
  }
}
