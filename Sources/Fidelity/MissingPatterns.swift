// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// Compares which cells are missing together.
struct MissingPatterns: Sendable {
  let columns: [PreparedColumn]
  let bootstrap: BootstrapRows?

  /// Total variation distance of the shares of the patterns, each the set of columns that a row misses.
  func score() -> Score {
    guard let first = columns.first else { return Score(notComputable: "no column is compared") }
    let totals = first.codes.map(\.count)
    guard totals[0] > 0, totals[1] > 0 else { return Score(notComputable: "a table has no rows") }
    var numbers: [UInt64: Int] = [:]
    var counts: [[Double]] = totals.map { _ in [] }
    var lanes: [Lanes] = []
    for side in totals.indices {
      for (row, pattern) in patterns(side: side).enumerated() {
        let number = numbers[pattern] ?? lanes.count
        if number == lanes.count {
          numbers[pattern] = number
          lanes.append(.zero)
          for other in counts.indices { counts[other].append(0) }
        }
        counts[side][number] += 1
        if side == 0, let bootstrap { lanes[number] += bootstrap.weights[row] }
      }
    }
    func distance(_ side: Int) -> Double {
      zip(counts[0], counts[side]).reduce(0) {
        $0 + ($1.0 / Double(totals[0]) - $1.1 / Double(totals[side])).magnitude
      } / 2
    }
    var drawn = Lanes(repeating: .nan)
    if let bootstrap {
      drawn = .zero
      for (number, lane) in lanes.enumerated() {
        drawn +=
          (lane / Float(bootstrap.size) - Float(counts[0][number] / Double(totals[0]))).magnitudes
      }
      drawn *= 0.5
    }
    return LanedScore(
      distance(1), holdout: totals.count > 2 && totals[2] > 0 ? distance(2) : nil, lanes: drawn
    ).score
  }

  /// Each row's pattern as a hash: the exclusive or of one fixed word a missing column.
  private func patterns(side: Int) -> [UInt64] {
    var patterns = [UInt64](repeating: 0, count: columns[0].codes[side].count)
    for (index, column) in columns.enumerated() where !column.isComplete(side) {
      let word = Self.word(UInt64(index))
      for (row, code) in column.codes[side].enumerated() where code == 0 { patterns[row] ^= word }
    }
    return patterns
  }

  /// The finaliser of SplitMix64.
  private static func word(_ index: UInt64) -> UInt64 {
    var z = (index &+ 1) &* 0x9e37_79b9_7f4a_7c15
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
