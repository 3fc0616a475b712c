// SPDX-License-Identifier: Apache-2.0

/// Numbers for each class of a mixture and each class of each column, those of one column's class side by side.
struct MixtureShares: Sendable {
  private let classCounts: [Int]
  private let starts: [Int]
  private let classCount: Int

  /// - Parameters:
  ///   - classCounts: The classes of each column.
  ///   - classCount: The classes of the mixture.
  init(_ classCounts: [Int], classCount: Int) {
    self.classCounts = classCounts
    self.classCount = classCount
    starts = classCounts.indices.map { classCounts[..<$0].reduce(0, +) * classCount }
  }

  /// Where the numbers of a column's class start.
  @inline(__always)
  func start(_ column: Int, _ code: UInt8) -> Int {
    starts[column] &+ Int(code) &* classCount
  }

  /// The numbers of each column, which lie class of the mixture after class, in this order.
  func flat(_ lists: [[Double]]) -> [Double] {
    zip(lists, classCounts).flatMap { list, count in
      (0..<count).flatMap { code in (0..<classCount).map { list[$0 * count + code] } }
    }
  }

  /// Adds numbers in this order to lists of each column's.
  func add(_ flat: [Double], to lists: inout [[Double]]) {
    for (column, count) in classCounts.enumerated() {
      for code in 0..<count {
        for c in 0..<classCount {
          lists[column][c * count + code] += flat[starts[column] + code * classCount + c]
        }
      }
    }
  }
}
