// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics

/// Measures outliers in both directions: how many, how far out, with what levels, and together.
///
/// References are of a holdout, or of one draw of real rows with replacement.
struct OutlierMeasure: Sendable {
  /// How many pairs of columns are listed.
  static let listedCount = 10
  /// The probability at which an upper tail begins.
  private static let tail = 0.95

  let columns: [AlignedColumn]
  /// The fresh rows: a table's number and its rows.
  let fresh: (side: Int, rows: [Int])?

  /// Where a column's outliers begin, from the real values.
  private struct Fences {
    let low: Double
    let high: Double
    let tail: Double

    init?(_ column: AlignedColumn) {
      guard column.isContinuous else { return nil }
      let ascending = column.sides[0].presentValues.sorted()
      guard let first = Quantiles.quantile(0.25, ofSorted: ascending),
        let third = Quantiles.quantile(0.75, ofSorted: ascending),
        let tail = Quantiles.quantile(OutlierMeasure.tail, ofSorted: ascending)
      else { return nil }
      low = first - 1.5 * (third - first)
      high = third + 1.5 * (third - first)
      self.tail = tail
    }
  }

  func result(rowShare: Score) -> OutlierFidelity {
    let fences = columns.map { Fences($0) }
    let all = (0..<2).map { Array(0..<(columns.first?.sides[$0].codes.count ?? 0)) }
    let (mix, freshMix) = (
      levelMix(1, all[1], fences, real: all[0]),
      fresh.flatMap { levelMix($0.side, $0.rows, fences, real: all[0]) }
    )
    return OutlierFidelity(
      columns: zip(columns, fences).compactMap { column, fences in
        fences.flatMap { Self.column(column, $0) }
      }, rowShare: rowShare,
      levelMix: mix.map { Score($0, reference: freshMix) }
        ?? Score(notComputable: "no column has levels, or no row an outlier"),
      jointTails: jointTails(fences, all).score, worstTails: jointTails(fences, all).worst)
  }

  // MARK: One column

  private static func column(_ column: AlignedColumn, _ fences: Fences) -> OutlierFidelity.Column? {
    let sides = column.sides.prefix(2).map(\.presentValues)
    guard sides.allSatisfy({ !$0.isEmpty }) else { return nil }
    func share(_ side: Int, _ isOut: (Double) -> Bool) -> Double {
      Double(sides[side].count(where: isOut)) / Double(sides[side].count)
    }
    let below = (0..<2).map { share($0) { $0 < fences.low } }
    let above = (0..<2).map { share($0) { $0 > fences.high } }
    let excess = sides.map { values -> Double? in
      let beyond = values.filter { $0 > fences.tail }
      guard !beyond.isEmpty else { return nil }
      return beyond.reduce(0) { $0 + ($1 - fences.tail) } / Double(beyond.count)
    }
    let real = below[0] + above[0]
    var excessRatio: Double?
    if let first = excess[0], let second = excess[1], first > 0 { excessRatio = second / first }
    return OutlierFidelity.Column(
      name: column.name, realBelow: below[0], syntheticBelow: below[1], realAbove: above[0],
      syntheticAbove: above[1], ratio: real > 0 ? (below[1] + above[1]) / real : nil,
      excessRatio: excessRatio)
  }

  // MARK: Levels of outlying rows

  /// The mean distance between the levels of outlying rows of a table and of the real one.
  private func levelMix(
    _ side: Int, _ rows: [Int], _ fences: [Fences?], real: [Int]
  ) -> Double? {
    let levels = columns.filter { !$0.isContinuous }
    let (own, others) = (outlying(0, real, fences), outlying(side, rows, fences))
    guard !levels.isEmpty, !own.isEmpty, !others.isEmpty else { return nil }
    return levels.reduce(0) { sum, column in
      var difference: [UInt32: Double] = [:]
      for row in own { difference[column.sides[0].codes[row], default: 0] += 1 / Double(own.count) }
      for row in others {
        difference[column.sides[side].codes[row], default: 0] -= 1 / Double(others.count)
      }
      return sum + difference.values.map(\.magnitude).sorted().reduce(0, +) / 2
    } / Double(levels.count)
  }

  /// The rows with a value outside a fence.
  private func outlying(_ side: Int, _ rows: [Int], _ fences: [Fences?]) -> [Int] {
    var isOut = [Bool](repeating: false, count: columns.first?.sides[side].codes.count ?? 0)
    for (column, fences) in zip(columns, fences) {
      guard let fences else { continue }
      let cells = column.sides[side]
      for row in cells.values.indices
      where cells.codes[row] != 0
        && (cells.values[row] < fences.low || cells.values[row] > fences.high)
      {
        isOut[row] = true
      }
    }
    return rows.filter { isOut[$0] }
  }

  // MARK: Joint tails

  private func jointTails(
    _ fences: [Fences?], _ all: [[Int]]
  ) -> (score: Score, worst: [OutlierFidelity.JointTail]) {
    let places = fences.indices.filter { fences[$0] != nil }
    let groups = [(0, all[0]), (1, all[1])] + (fresh.map { [($0.side, $0.rows)] } ?? [])
    let tails = groups.map { side, rows in
      places.map { place -> [Bool] in
        let cells = columns[place].sides[side]
        let bound = fences[place]?.tail ?? 0
        return rows.map { cells.codes[$0] != 0 && cells.values[$0] > bound }
      }
    }
    var pairs: [OutlierFidelity.JointTail] = []
    var freshSum: Double? = fresh == nil ? nil : 0
    for (i, first) in places.enumerated() {
      for j in stride(from: i + 1, to: places.count, by: 1) {
        let shares = tails.map { Self.together($0[i], $0[j]) }
        guard let real = shares[0], let synthetic = shares[1] else { continue }
        pairs.append(
          .init(
            columns: [columns[first].name, columns[places[j]].name], real: real,
            synthetic: synthetic))
        if shares.count > 2 {
          freshSum = freshSum.flatMap { sum in shares[2].map { sum + ($0 - real).magnitude } }
        }
      }
    }
    guard !pairs.isEmpty else {
      return (Score(notComputable: "no two columns on a scale have values in their tails"), [])
    }
    let n = Double(pairs.count)
    let mean = pairs.reduce(0) { $0 + ($1.real - $1.synthetic).magnitude } / n
    let worst = pairs.sorted {
      ($0.real - $0.synthetic).magnitude > ($1.real - $1.synthetic).magnitude
    }
    return (
      Score(mean, reference: freshSum.map { $0 / n }), Array(worst.prefix(Self.listedCount))
    )
  }

  /// Of the rows in the tail of either column, the share in both, 2 n₁₂/(n₁ + n₂); `nil` if there are none.
  private static func together(_ first: [Bool], _ second: [Bool]) -> Double? {
    let both = zip(first, second).count { $0 && $1 }
    let each = first.count { $0 } + second.count { $0 }
    return each > 0 ? 2 * Double(both) / Double(each) : nil
  }
}
