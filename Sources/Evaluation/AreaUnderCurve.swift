// SPDX-License-Identifier: Apache-2.0

/// How well a number tells two groups apart: the chance that one of the second group has more.
///
/// Also known as ROC AUC, or the Mann–Whitney statistic over n₁n₂. Ties count one half.
public struct AreaUnderCurve: Hashable, Sendable {
  /// The area, 0...1; 0.5 where the number tells nothing.
  public let value: Double
  /// The standard error of the area.
  ///
  /// ## Source
  /// DeLong, DeLong and Clarke-Pearson, "Comparing the areas under two or more correlated receiver
  /// operating characteristic curves", Biometrics 44 (1988) 837–845, by the ranks of Sun and Xu (2014).
  public let standardError: Double
  /// The number of values of the first and the second group.
  public let counts: (first: Int, second: Int)

  /// Compares two groups; `nil` if one is empty.
  ///
  /// - Complexity: O(n log n).
  public init?(first: [Double], second: [Double]) {
    guard !first.isEmpty, !second.isEmpty else { return nil }
    let order = (first.map { ($0, false) } + second.map { ($0, true) }).sorted { $0.0 < $1.0 }
    let (m, n) = (Double(first.count), Double(second.count))
    // For each value the share of the other group that lies on its right side.
    var sums = (first: 0.0, second: 0.0)
    var squares = (first: 0.0, second: 0.0)
    var (below, start) = ((first: 0.0, second: 0.0), 0)
    while start < order.count {
      var end = start
      var tied = (first: 0.0, second: 0.0)
      while end < order.count, order[end].0 == order[start].0 {
        if order[end].1 { tied.second += 1 } else { tied.first += 1 }
        end += 1
      }
      let above = (n - below.second - tied.second / 2) / n
      let under = (below.first + tied.first / 2) / m
      sums.first += tied.first * above
      squares.first += tied.first * above * above
      sums.second += tied.second * under
      squares.second += tied.second * under * under
      below.first += tied.first
      below.second += tied.second
      start = end
    }
    value = sums.second / n
    counts = (first.count, second.count)
    let spread = (
      m > 1 ? max(0, squares.first - sums.first * sums.first / m) / (m - 1) : 0,
      n > 1 ? max(0, squares.second - sums.second * sums.second / n) / (n - 1) : 0
    )
    standardError = (spread.0 / m + spread.1 / n).squareRoot()
  }

  /// The standard error of the area where both groups are alike, √((m + n + 1)/(12 m n)).
  public var nullError: Double {
    let (m, n) = (Double(counts.first), Double(counts.second))
    return ((m + n + 1) / (12 * m * n)).squareRoot()
  }

  /// Whether two areas are equal in all their figures.
  public static func == (first: Self, second: Self) -> Bool {
    first.value == second.value && first.standardError == second.standardError
      && first.counts == second.counts
  }

  /// Hashes the figures.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(value)
    hasher.combine(standardError)
    hasher.combine(counts.first)
    hasher.combine(counts.second)
  }
}
