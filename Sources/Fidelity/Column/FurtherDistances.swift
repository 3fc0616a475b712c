// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics

/// Further distances of a variable's distributions, each beside that of fresh real rows.
///
/// Wasserstein's is in interquartile ranges of the real values (standard deviations, or the range, where
/// that is 0). Hellinger's and Jensen and Shannon's (in bits) are over the levels, or over twenty groups
/// at the real quantiles, with missing as one more.
struct FurtherDistances {
  private static let groupCount = 20

  let column: AlignedColumn
  /// Rows that stand for fresh real ones: a table's number and rows of it.
  let fresh: (side: Int, rows: [Int])?

  /// The distances by name.
  func scores() -> [String: Score] {
    var scores = shares()
    if column.isContinuous { scores["wasserstein"] = wasserstein() }
    return scores
  }

  // MARK: Wasserstein

  private func wasserstein() -> Score {
    let real = column.sides[0].presentValues.sorted()
    guard let least = real.first, let most = real.last, most > least else {
      return Score(notComputable: "the real column has one value or none")
    }
    let synthetic = column.sides[1].presentValues.sorted()
    guard !synthetic.isEmpty else {
      return Score(notComputable: "the synthetic column has no value")
    }
    let quartiles = Quantiles.quantiles([0.25, 0.75], ofSorted: real)
    var unit = quartiles.count == 2 ? quartiles[1] - quartiles[0] : 0
    if unit <= 0 { unit = Moments(of: real)?.standardDeviation ?? 0 }
    if unit <= 0 { unit = most - least }
    let other = fresh.map { fresh in
      fresh.rows.filter { column.sides[fresh.side].codes[$0] != 0 }
        .map { column.sides[fresh.side].values[$0] }.sorted()
    }
    return Score(
      Self.distance(real, synthetic) / unit,
      reference: other.flatMap { $0.isEmpty ? nil : Self.distance(real, $0) / unit })
  }

  /// ∫ |F − G| of two ascending lists.
  static func distance(_ first: [Double], _ second: [Double]) -> Double {
    var (i, j) = (0, 0)
    var sum = 0.0
    var last = min(first[0], second[0])
    while i < first.count || j < second.count {
      let value = min(
        i < first.count ? first[i] : .infinity, j < second.count ? second[j] : .infinity)
      let gap = Double(i) / Double(first.count) - Double(j) / Double(second.count)
      sum += gap.magnitude * (value - last)
      last = value
      while i < first.count, first[i] == value { i += 1 }
      while j < second.count, second[j] == value { j += 1 }
    }
    return sum
  }

  // MARK: Shares

  private func shares() -> [String: Score] {
    let groups = groups()
    func shares(_ side: Int, _ rows: [Int]?) -> [Double]? {
      let codes = groups.codes[side]
      let count = rows?.count ?? codes.count
      guard count > 0 else { return nil }
      var shares = [Double](repeating: 0, count: groups.count)
      if let rows {
        for row in rows { shares[codes[row]] += 1 }
      } else {
        for code in codes { shares[code] += 1 }
      }
      return shares.map { $0 / Double(count) }
    }
    guard let real = shares(0, nil), let synthetic = shares(1, nil) else {
      let none = Score(notComputable: "a table has no rows")
      return ["hellinger": none, "jensenShannon": none]
    }
    let other = fresh.flatMap { shares($0.side, $0.rows) }
    return [
      "hellinger": Score(
        Self.hellinger(real, synthetic), reference: other.map { Self.hellinger(real, $0) }),
      "jensenShannon": Score(
        Self.jensenShannon(real, synthetic), reference: other.map { Self.jensenShannon(real, $0) }),
    ]
  }

  static func hellinger(_ p: [Double], _ q: [Double]) -> Double {
    max(0, 1 - zip(p, q).reduce(0) { $0 + ($1.0 * $1.1).squareRoot() }).squareRoot()
  }

  static func jensenShannon(_ p: [Double], _ q: [Double]) -> Double {
    func part(_ share: Double, _ mean: Double) -> Double {
      share > 0 ? share * ElementaryFunctions.log(share / mean) : 0
    }
    let sum = zip(p, q).reduce(0) {
      $0 + part($1.0, ($1.0 + $1.1) / 2) + part($1.1, ($1.0 + $1.1) / 2)
    }
    return max(0, sum / (2 * ElementaryFunctions.log(2)))
  }

  private func groups() -> (codes: [[Int]], count: Int) {
    guard column.isContinuous else {
      return (column.sides.map { $0.codes.map { Int($0) } }, column.levels.count + 1)
    }
    let sorted = column.sides[0].presentValues.sorted()
    var edges: [Double] = []
    for group in 1..<Self.groupCount {
      let edge = Quantiles.quantile(Double(group) / Double(Self.groupCount), ofSorted: sorted)
      if let edge, edge != edges.last { edges.append(edge) }
    }
    let cuts = edges
    let codes = column.sides.map { side in
      side.values.indices.map { row in
        side.codes[row] == 0 ? 0 : 1 + cuts.count { $0 < side.values[row] }
      }
    }
    return (codes, cuts.count + 2)
  }
}
