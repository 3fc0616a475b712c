// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Tables

/// Rows as points: scales as shares of real values below, levels as corners that are 1 apart.
///
/// A cell missing on one side alone counts 1 to a squared distance, on both sides 0.
struct PointCloud: Sendable {
  /// The number of points.
  let count: Int
  /// The coordinates of scales, column after column; 0 where missing.
  private let scales: [[Float]]
  /// Levels, and for scales with missing cells whether a cell is missing.
  private let levels: [[UInt32]]

  /// Places rows of a table.
  init(_ columns: [AlignedColumn], side: Int, rows: [Int], ranks: [RealRanks?]) {
    count = rows.count
    var scales: [[Float]] = []
    var levels: [[UInt32]] = []
    for (column, ranks) in zip(columns, ranks) {
      let cells = column.sides[side]
      if let ranks {
        scales.append(rows.map { cells.codes[$0] == 0 ? 0 : ranks.share(below: cells.values[$0]) })
        if column.sides.contains(where: { $0.presentCount < $0.codes.count }) {
          levels.append(rows.map { cells.codes[$0] })
        }
      } else {
        levels.append(rows.map { cells.codes[$0] })
      }
    }
    self.scales = scales
    self.levels = levels
  }

  /// Squared distances to the points of another cloud, a row for each point of this one.
  func squaredDistances(to other: PointCloud, threads: Int) -> [[Float]] {
    ChunkedWork(count: count, threads: threads).map { range in
      range.map { squaredDistances(of: $0, to: other) }
    }
  }

  private func squaredDistances(of point: Int, to other: PointCloud) -> [Float] {
    var sums = [Float](repeating: 0, count: other.count)
    sums.withUnsafeMutableBufferPointer { sums in
      for (own, others) in zip(scales, other.scales) {
        let value = own[point]
        others.withUnsafeBufferPointer { others in
          for place in 0..<sums.count {
            let difference = others[place] - value
            sums[place] += difference * difference
          }
        }
      }
      for (own, others) in zip(levels, other.levels) {
        let value = own[point]
        others.withUnsafeBufferPointer { others in
          for place in 0..<sums.count { sums[place] += others[place] == value ? 0 : 1 }
        }
      }
    }
    return sums
  }

  /// Distances of the points from the centre of this cloud.
  func distancesFromCentre(of points: PointCloud) -> [Double] {
    var sums = [Double](repeating: 0, count: points.count)
    for (own, others) in zip(scales, points.scales) {
      let centre = own.reduce(0.0) { $0 + Double($1) } / Double(count)
      for place in sums.indices {
        let difference = Double(others[place]) - centre
        sums[place] += difference * difference
      }
    }
    for (own, others) in zip(levels, points.levels) {
      // Corners are unit vectors over √2: ‖e − p‖²/2 = (1 − 2p(e) + Σp²)/2.
      var shares: [UInt32: Double] = [:]
      for code in own { shares[code, default: 0] += 1 / Double(count) }
      let square = shares.values.sorted().reduce(0) { $0 + $1 * $1 }
      for place in sums.indices {
        sums[place] += (1 - 2 * (shares[others[place]] ?? 0) + square) / 2
      }
    }
    return sums.map { max(0, $0).squareRoot() }
  }
}

/// The real values of a scale, by which values become shares.
struct RealRanks: Sendable {
  private let ascending: [Double]

  /// Creates ranks; `nil` for levels.
  init?(_ column: AlignedColumn) {
    guard column.isContinuous else { return nil }
    ascending = column.sides[0].presentValues.sorted()
  }

  /// The share of real values below a value, ties counting one half.
  func share(below value: Double) -> Float {
    guard !ascending.isEmpty else { return 0 }
    return Float(Double(bound(value, true) + bound(value, false)) / 2 / Double(ascending.count))
  }

  private func bound(_ value: Double, _ isStrict: Bool) -> Int {
    var (low, high) = (0, ascending.count)
    while low < high {
      let middle = (low + high) / 2
      if ascending[middle] < value || (!isStrict && ascending[middle] == value) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}
