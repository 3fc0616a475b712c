// SPDX-License-Identifier: Apache-2.0

/// Scores beside what they are to tell.
enum RankedPairs {
  /// The share of pairs in the right order (Mann and Whitney), ties by half.
  static func auc(_ scores: [Double], _ isPositive: [Bool]) -> Double {
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    var sum = 0.0
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
      let rank = Double(start + end + 1) / 2
      for place in start..<end where isPositive[order[place]] { sum += rank }
      start = end
    }
    let positive = Double(isPositive.count { $0 })
    return (sum - positive * (positive + 1) / 2)
      / (positive * (Double(isPositive.count) - positive))
  }
}
