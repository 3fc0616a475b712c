// SPDX-License-Identifier: Apache-2.0

/// The shares of the levels among the present cells of a column.
struct LevelShares: Sendable {
  /// How many cells hold each level.
  let counts: [Int]
  /// The share of each level; 0 everywhere if nothing is present.
  let shares: [Double]

  /// Counts codes from 1; 0 is missing and dropped.
  init(_ codes: [UInt32], levelCount: Int) {
    var all = [Int](repeating: 0, count: levelCount + 1)
    for code in codes { all[Int(code)] += 1 }
    counts = Array(all.dropFirst())
    let total = codes.count - all[0]
    shares = counts.map { total > 0 ? Double($0) / Double(total) : 0 }
  }

  /// Half the sum of the absolute differences of the shares, 0...1.
  func totalVariation(from other: LevelShares) -> Double {
    zip(shares, other.shares).reduce(0) { $0 + ($1.0 - $1.1).magnitude } / 2
  }
}
