// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// Turns the bin of a category into one of its levels.
struct LevelChoice: Sendable {
  private let cumulative: [Double]
  private let groupStarts: [Int]

  init(_ layout: LevelLayout) {
    var total = 0.0
    cumulative = layout.weights.map {
      total += $0
      return total
    }
    groupStarts = layout.groupStarts
  }

  /// The level that a bin of present values stands for: rare ones give way to a common one, and a group of
  /// levels to one of them, by weight.
  func level(bin: Int, uniform: Double) -> Int {
    if groupStarts.isEmpty {
      return bin < cumulative.count
        ? bin : CumulativeChoice.index(in: cumulative, uniform: uniform)
    }
    guard bin < groupStarts.count else {
      return CumulativeChoice.index(in: cumulative, uniform: uniform)
    }
    let start = groupStarts[bin]
    let end = bin + 1 < groupStarts.count ? groupStarts[bin + 1] : cumulative.count
    let below = start > 0 ? cumulative[start - 1] : 0
    let share = (below + uniform * (cumulative[end - 1] - below)) / (cumulative.last ?? 1)
    return min(max(CumulativeChoice.index(in: cumulative, uniform: share), start), end - 1)
  }

  /// Writes the shares of the levels of a group, summing to 1.
  func fillShares(ofGroup group: Int, into result: inout [Double]) {
    let start = groupStarts[group]
    let below = start > 0 ? cumulative[start - 1] : 0
    let end = start + result.count
    let total = cumulative[end - 1] - below
    var before = below
    for (place, level) in (start..<end).enumerated() {
      result[place] = total > 0 ? (cumulative[level] - before) / total : 0
      before = cumulative[level]
    }
  }

  /// The bin of present values that stands for a level.
  func bin(ofLevel level: Int) -> Int {
    guard !groupStarts.isEmpty else { return level }
    return groupStarts.count > 1 ? level / groupStarts[1] : 0
  }
}
