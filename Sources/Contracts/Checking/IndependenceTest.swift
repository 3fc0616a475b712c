// SPDX-License-Identifier: Apache-2.0
public import Randomness

/// Tests whether two variables are independent, by permuting one of them.
///
/// ## Source
/// Phipson & Smyth (2010), "Permutation p-values should never be zero": p = (b + 1) / (m + 1).
public struct IndependenceTest: Sendable {
  /// The permutations made.
  public var permutationCount: Int
  /// The most rows tested, the first of the table.
  public var maximumRowCount: Int

  /// Creates a test.
  public init(permutationCount: Int = 999, maximumRowCount: Int = 20_000) {
    self.permutationCount = permutationCount
    self.maximumRowCount = maximumRowCount
  }

  /// Returns the share of permutations whose table departs from independence at least as far.
  ///
  /// - Parameters:
  ///   - first: The codes of the first variable, 0 or more, one a row.
  ///   - second: Those of the second.
  ///   - key: Names the permutations.
  /// - Returns: A p-value, or `nil` if one of the variables is constant.
  public func pValue(_ first: [Int], _ second: [Int], key: RandomKey) -> Double? {
    precondition(first.count == second.count, "a test takes two variables of the same rows")
    let first = Array(first.prefix(maximumRowCount))
    var second = Array(second.prefix(maximumRowCount))
    guard let width = second.max().map({ $0 + 1 }), let height = first.max().map({ $0 + 1 }),
      Set(first).count > 1, Set(second).count > 1
    else { return nil }
    let rows = Self.margin(first, height)
    let columns = Self.margin(second, width)
    let expected = rows.flatMap { row in columns.map { row * $0 / Double(first.count) } }
    let weights = expected.map { $0 > 0 ? 1 / $0 : 0 }
    // With both margins fixed, the sum of squares over expected counts orders tables as χ² does.
    func statistic(_ second: [Int]) -> Double {
      var counts = [Double](repeating: 0, count: height * width)
      for row in first.indices { counts[first[row] * width + second[row]] += 1 }
      return zip(counts, weights).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
    }
    let observed = statistic(second)
    var stream = key.stream("permutation test").stream(entity: 0)
    var atLeast = 0
    for _ in 0..<permutationCount {
      for place in stride(from: second.count - 1, to: 0, by: -1) {
        second.swapAt(place, Draws.integer(below: place + 1, using: &stream))
      }
      // Equal tables must count as equal, whatever the order of their sums.
      if statistic(second) >= observed * (1 - 1e-12) { atLeast += 1 }
    }
    return Double(atLeast + 1) / Double(permutationCount + 1)
  }

  private static func margin(_ codes: [Int], _ count: Int) -> [Double] {
    var margin = [Double](repeating: 0, count: count)
    for code in codes { margin[code] += 1 }
    return margin
  }
}
