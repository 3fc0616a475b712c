// SPDX-License-Identifier: Apache-2.0

/// Numbers and levels row by row, so that a row is read in one stretch, with the distance of two rows.
struct NeighbourRows: Sendable {
  /// How many numbers a row has.
  let size: Int
  /// How many levels.
  let columns: Int
  let costs: LevelCosts
  /// What a missing number costs beside a present one.
  let missingCost: Double

  private let numbers: [Double]
  private let levels: [UInt8]

  init(_ data: MixedNeighbours) {
    size = data.rowCount > 0 ? data.numbers.count / data.rowCount : 0
    columns = data.codes.count
    numbers = data.numbers
    var levels = [UInt8](repeating: 0, count: data.rowCount * columns)
    for (column, list) in data.codes.enumerated() {
      for row in 0..<data.rowCount { levels[row * columns + column] = list[row] }
    }
    self.levels = levels
    costs = LevelCosts(data.costs)
    missingCost = data.missingCost
  }

  @inline(__always)
  func number(_ row: Int, _ k: Int) -> Double { numbers[row &* size &+ k] }

  @inline(__always)
  func level(_ row: Int, _ column: Int) -> UInt8 { levels[row &* columns &+ column] }

  /// The squared distance of two rows; more than `limit` may be less than all of it.
  @inline(__always)
  func distance(_ row: Int, _ other: Int, limit: Double) -> Double {
    var sum = 0.0
    numbers.withUnsafeBufferPointer { numbers in
      for k in 0..<size {
        let (a, b) = (numbers[row &* size &+ k], numbers[other &* size &+ k])
        let difference = a - b
        if difference == difference {
          sum += difference * difference
        } else if a.isNaN != b.isNaN {
          sum += missingCost
        }
      }
    }
    levels.withUnsafeBufferPointer { levels in
      var column = 0
      while column < columns, sum <= limit {
        sum += costs.cost(
          column, levels[row &* columns &+ column], levels[other &* columns &+ column])
        column &+= 1
      }
    }
    return sum
  }
}
