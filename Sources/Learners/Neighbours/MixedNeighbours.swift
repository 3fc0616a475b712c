// SPDX-License-Identifier: Apache-2.0
import Tables

/// Rows of numbers and of levels, and which lie nearest to each.
///
/// The squared distance of two rows is the sum of their numbers' squared differences and of what each pair of
/// levels costs. A missing number costs ``missingCost`` beside one that is present, and nothing beside
/// another that is missing.
///
/// ## Source
/// Chawla, Bowyer, Hall and Kegelmeyer, "SMOTE: synthetic minority over-sampling technique", JAIR 16 (2002)
/// 321–357, section 6.1, for numbers and levels in one distance.
public struct MixedNeighbours: Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// The numbers, row by row; NaN where one is missing.
  public let numbers: [Double]
  /// The levels of each row, column by column.
  public let codes: [[UInt8]]
  /// For each column the cost of each pair of levels, row by row.
  public let costs: [[Double]]
  /// What a missing number costs beside a present one.
  public var missingCost: Double

  /// Creates rows.
  public init(
    rowCount: Int, numbers: [Double], codes: [[UInt8]] = [], costs: [[Double]] = [],
    missingCost: Double = 1
  ) {
    precondition(codes.count == costs.count, "a list of costs a column of levels")
    self.rowCount = rowCount
    self.numbers = numbers
    self.codes = codes
    self.costs = costs
    self.missingCost = missingCost
  }

  /// The nearest other rows of each row, the nearest first, ties by row; −1 where there are no more.
  ///
  /// - Parameters:
  ///   - count: How many of each.
  ///   - groups: The group of each row; only rows of its own are looked at. Empty for one group.
  public func nearest(_ count: Int, groups: [Int32] = [], threads: Int = 1) -> [Int32] {
    var members: [Int32: [Int]] = [:]
    for row in 0..<rowCount { members[groups.isEmpty ? 0 : groups[row], default: []].append(row) }
    // Levels row by row, so that a row is read in one stretch.
    let columns = codes.count
    var levels = [UInt8](repeating: 0, count: rowCount * columns)
    for (column, list) in codes.enumerated() {
      for row in 0..<rowCount { levels[row * columns + column] = list[row] }
    }
    let widths = costs.map { list in (1...256).first { $0 * $0 >= list.count } ?? 1 }
    let starts = costs.indices.map { place in costs[..<place].reduce(0) { $0 + $1.count } }
    let flat = costs.flatMap { $0 }
    let size = rowCount > 0 ? numbers.count / rowCount : 0
    let chunk = 256
    let parts = ChunkedWork(
      count: (rowCount + chunk - 1) / chunk, threads: threads, chunkSize: 1
    ).map { [members, levels] chunks in
      chunks.map { part -> [Int32] in
        var result: [Int32] = []
        var distances = [Double](repeating: .infinity, count: count)
        var rows = [Int32](repeating: -1, count: count)
        numbers.withUnsafeBufferPointer { numbers in
          levels.withUnsafeBufferPointer { levels in
            flat.withUnsafeBufferPointer { flat in
              for row in part * chunk..<min(rowCount, (part + 1) * chunk) {
                for place in 0..<count {
                  distances[place] = .infinity
                  rows[place] = -1
                }
                let group = members[groups.isEmpty ? 0 : groups[row]] ?? []
                for other in group where other != row {
                  var sum = 0.0
                  let limit = distances[count &- 1]
                  for k in 0..<size {
                    let difference = numbers[row &* size &+ k] - numbers[other &* size &+ k]
                    if difference == difference {
                      sum += difference * difference
                    } else if numbers[row &* size &+ k].isNaN != numbers[other &* size &+ k].isNaN {
                      sum += missingCost
                    }
                  }
                  var column = 0
                  while column < columns, sum < limit {
                    let (a, b) = (
                      Int(levels[row &* columns &+ column]), Int(levels[other &* columns &+ column])
                    )
                    sum += flat[starts[column] &+ a &* widths[column] &+ b]
                    column &+= 1
                  }
                  guard sum < limit else { continue }
                  var place = count &- 1
                  while place > 0, distances[place &- 1] > sum {
                    distances[place] = distances[place &- 1]
                    rows[place] = rows[place &- 1]
                    place &-= 1
                  }
                  distances[place] = sum
                  rows[place] = Int32(other)
                }
                result += rows
              }
            }
          }
        }
        return result
      }
    }
    return parts.flatMap { $0 }
  }

  /// The costs of levels where each pair of different ones costs the same.
  public static func overlap(_ count: Int, cost: Double) -> [Double] {
    (0..<count * count).map { $0 / count == $0 % count ? 0 : cost }
  }

  /// The costs of levels by how differently they foretell a class: the squared value difference metric,
  /// `δ² = (Σ over classes of |P(class | a) − P(class | b)|)²`.
  ///
  /// ## Source
  /// Stanfill and Waltz, "Toward memory-based reasoning", CACM 29 (1986) 1213–1228; Chawla et al. (2002),
  /// section 6.2, for SMOTE-N.
  ///
  /// - Parameters:
  ///   - levels: The level of each row.
  ///   - classes: The class of each row.
  public static func valueDifferences(
    _ levels: [UInt8], count: Int, classes: [Int32], classCount: Int
  ) -> [Double] {
    var counts = [Double](repeating: 0, count: count * classCount)
    var totals = [Double](repeating: 0, count: count)
    for (level, own) in zip(levels, classes) {
      counts[Int(level) * classCount + Int(own)] += 1
      totals[Int(level)] += 1
    }
    return (0..<count * count).map { pair in
      let (a, b) = (pair / count, pair % count)
      guard a != b, totals[a] > 0, totals[b] > 0 else { return 0 }
      let sum = (0..<classCount).reduce(0) {
        $0
          + (counts[a * classCount + $1] / totals[a] - counts[b * classCount + $1] / totals[b])
          .magnitude
      }
      return sum * sum
    }
  }
}
