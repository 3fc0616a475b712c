// SPDX-License-Identifier: Apache-2.0

/// What each pair of levels costs, of all columns in one list.
struct LevelCosts: Sendable {
  private let flat: [Double]
  private let starts: [Int]
  private let widths: [Int]
  /// The least that a level costs beside another.
  private let least: [Double]
  private let leastStarts: [Int]

  /// - Parameter costs: For each column the cost of each pair of levels, row by row.
  init(_ costs: [[Double]]) {
    let widths = costs.map { list in (1...256).first { $0 * $0 >= list.count } ?? 1 }
    starts = costs.indices.map { place in costs[..<place].reduce(0) { $0 + $1.count } }
    flat = costs.flatMap { $0 }
    leastStarts = widths.indices.map { place in widths[..<place].reduce(0, +) }
    least = zip(costs, widths).flatMap { list, width in
      (0..<width).map { a in
        (0..<width).reduce(.infinity) { $1 == a ? $0 : min($0, list[a * width + $1]) }
      }
    }
    self.widths = widths
  }

  @inline(__always)
  func cost(_ column: Int, _ a: UInt8, _ b: UInt8) -> Double {
    flat[starts[column] &+ Int(a) &* widths[column] &+ Int(b)]
  }

  /// The least that a level costs beside any other; ∞ if there is no other.
  @inline(__always)
  func leastCost(_ column: Int, _ level: UInt8) -> Double {
    least[leastStarts[column] &+ Int(level)]
  }
}
