// SPDX-License-Identifier: Apache-2.0

/// Correlation coefficients, in [−1, 1].
public enum Correlation {
  /// Pearson's correlation; nil of fewer than two pairs, or if one side is constant.
  ///
  /// Two passes over deviations from the mean with compensated sums: neither a large mean nor
  /// values near the ends of the range of `Double` harm it.
  ///
  /// - Precondition: as many values on both sides, all finite.
  public static func pearson(_ first: [Double], _ second: [Double]) -> Double? {
    precondition(first.count == second.count, "correlated values come in pairs")
    guard first.count > 1, let x = CentredValues(first)?.deviations,
      let y = CentredValues(second)?.deviations
    else { return nil }
    let (xLargest, yLargest) = (largest(x), largest(y))
    guard xLargest > 0, yLargest > 0 else { return nil }
    var (xx, yy, xy) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
    for (x, y) in zip(x, y) {
      let (x, y) = (x / xLargest, y / yLargest)
      xx.add(x * x)
      yy.add(y * y)
      xy.add(x * y)
    }
    let value = xy.value / (xx.value * yy.value).squareRoot()
    return min(1, max(-1, value))
  }

  /// Spearman's correlation: Pearson's of the ranks, ties sharing their mean rank.
  ///
  /// Nil of fewer than two pairs, or if one side is constant.
  ///
  /// - Precondition: as many values on both sides, none NaN.
  public static func spearman(_ first: [Double], _ second: [Double]) -> Double? {
    pearson(ranks(of: first), ranks(of: second))
  }

  /// The rank of each value, from 1; values that tie share the mean of their ranks.
  ///
  /// - Precondition: no value is NaN.
  public static func ranks(of values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      let shared = Double(start + 1 + end) / 2
      for place in start..<end { ranks[order[place]] = shared }
      start = end
    }
    return ranks
  }

  private static func largest(_ values: [Double]) -> Double {
    values.reduce(0) { max($0, $1.magnitude) }
  }
}
