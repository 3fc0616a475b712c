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
  ///   - asked: The rows whose neighbours are looked for, one after another; `nil` for all.
  public func nearest(
    _ count: Int, groups: [Int32] = [], of asked: [Int]? = nil, threads: Int = 1
  ) -> [Int32] {
    let asked = asked ?? Array(0..<rowCount)
    var members: [Int32: [Int]] = [:]
    for row in 0..<rowCount { members[groups.isEmpty ? 0 : groups[row], default: []].append(row) }
    let data = NeighbourRows(self)
    let trees = members.mapValues { NeighbourTree($0, of: data) }
    let chunk = 256
    let parts = ChunkedWork(
      count: (asked.count + chunk - 1) / chunk, threads: threads, chunkSize: 1
    ).map { chunks in
      chunks.map { part -> [Int32] in
        var result: [Int32] = []
        var found = NearRows(count)
        for row in asked[part * chunk..<min(asked.count, (part + 1) * chunk)] {
          found.clear()
          if let tree = trees[groups.isEmpty ? 0 : groups[row]] {
            NeighbourSearch(tree: tree, rows: data, row: row).run(&found)
          }
          result += found.rows
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
