// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// Groups of a variable's bins: neighbours on a scale together, levels and missing reasons each by itself.
struct BinGroups {
  /// The group of each bin.
  private(set) var ofBin: [Int]
  /// The number of groups.
  private(set) var count: Int

  /// Pools bins.
  ///
  /// - Parameters:
  ///   - weights: The rows of each bin.
  ///   - mostGroups: About how many groups the present values of a scale become; each but the last has the
  ///     rows of an equal share, unless one value alone has more.
  init(_ layout: VariableLayout, weights: [Double], mostGroups: Int) {
    ofBin = [Int](repeating: 0, count: weights.count)
    count = 0
    let nominalEnd =
      layout.isScale ? min(layout.missingReasons.count, weights.count) : weights.count
    for bin in 0..<nominalEnd {
      ofBin[bin] = count
      count += 1
    }
    let total = weights[nominalEnd...].reduce(0, +)
    let aim = total / Double(mostGroups)
    var pooled = 0.0
    for bin in nominalEnd..<weights.count {
      if pooled > 0, weights[bin] >= aim {
        count += 1
        pooled = 0
      }
      ofBin[bin] = count
      pooled += weights[bin]
      if pooled >= aim, bin < weights.count - 1 {
        count += 1
        pooled = 0
      }
    }
    if nominalEnd < weights.count { count += 1 }
  }
}
