// SPDX-License-Identifier: Apache-2.0

/// A figure of a distribution, with what each unit adds to it.
enum LifeMeasure: Sendable, Hashable {
  case mean, sum, median, gini
  /// The share below a part of the median of its own distribution.
  case poverty(Double)
  /// The shares that have more, less or as much as under the first scenario.
  case winnersLosers

  static let names = ["mean", "sum", "median", "gini", "poverty(0.6)", "winners_losers"]

  /// The measure of a name.
  init?(_ text: String) {
    switch text {
    case "mean": self = .mean
    case "sum": self = .sum
    case "median": self = .median
    case "gini": self = .gini
    case "winners_losers": self = .winnersLosers
    default:
      guard text.hasPrefix("poverty("), text.hasSuffix(")"),
        let share = Double(text.dropFirst(8).dropLast()), share > 0, share < 10
      else { return nil }
      self = .poverty(share)
    }
  }

  var name: String {
    switch self {
    case .mean: "mean"
    case .sum: "sum"
    case .median: "median"
    case .gini: "gini"
    case .poverty(let share): "poverty(\(share))"
    case .winnersLosers: "winners_losers"
    }
  }

  /// The figure, and for each unit its influence: the figure's error is that of a mean of influences.
  ///
  /// The line of poverty is taken as known. The influence of the Gini index follows from
  /// G = E[y (2F(y) − 1)] / E[y].
  ///
  /// - Returns: Nil if there is nothing to measure.
  func estimate(_ values: [Double], _ weights: [Double]) -> (value: Double, influence: [Double])? {
    let total = weights.reduce(0, +)
    guard total > 0 else { return nil }
    func average(_ term: (Int) -> Double) -> Double {
      values.indices.reduce(0) { $0 + weights[$1] * term($1) } / total
    }
    let mean = average { values[$0] }
    switch self {
    case .mean, .winnersLosers: return (mean, values.map { $0 - mean })
    case .sum: return (mean * total, values.map { ($0 - mean) * total })
    case .median:
      let sorted = Self.sorted(values, weights)
      let middle = Self.quantile(0.5, sorted, total)
      let spread = Self.quantile(0.55, sorted, total) - Self.quantile(0.45, sorted, total)
      return (middle, values.map { ($0 < middle ? -0.5 : 0.5) * spread / 0.1 })
    case .poverty(let share):
      let line = share * Self.quantile(0.5, Self.sorted(values, weights), total)
      let rate = average { values[$0] < line ? 1 : 0 }
      return (rate, values.map { ($0 < line ? 1 : 0) - rate })
    case .gini:
      // Of values below 0 the index has no meaning.
      guard mean > 0, values.allSatisfy({ $0 >= 0 }) else { return nil }
      let order = values.indices.sorted { values[$0] < values[$1] }
      var (below, share) = (0.0, 0.0)
      var rank = [Double](repeating: 0, count: values.count)
      var above = rank
      for index in order {
        rank[index] = (below + weights[index] / 2) / total
        above[index] = mean - (share + weights[index] * values[index] / 2) / total
        below += weights[index]
        share += weights[index] * values[index]
      }
      let top = average { values[$0] * (2 * rank[$0] - 1) }
      let ranked = average { values[$0] * rank[$0] }
      let influence = values.indices.map { index -> Double in
        let part = values[index] * (2 * rank[index] - 1) - top + 2 * (above[index] - ranked)
        return part / mean - top / (mean * mean) * (values[index] - mean)
      }
      return (top / mean, influence)
    }
  }

  private static func sorted(
    _ values: [Double], _ weights: [Double]
  ) -> [(value: Double, weight: Double)] {
    zip(values, weights).map { ($0, $1) }.sorted { $0 < $1 }
  }

  private static func quantile(
    _ share: Double, _ sorted: [(value: Double, weight: Double)], _ total: Double
  ) -> Double {
    var below = 0.0
    for (index, unit) in sorted.enumerated() {
      below += unit.weight
      if below == share * total, index + 1 < sorted.count {
        return (unit.value + sorted[index + 1].value) / 2
      }
      if below > share * total { return unit.value }
    }
    return sorted.last?.value ?? 0
  }
}
