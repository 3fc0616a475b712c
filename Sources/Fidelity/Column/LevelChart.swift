// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Schemas

/// The shares of levels for drawing; rare ones are pooled so that a chart names nobody.
struct LevelChart {
  /// The fewest real rows of a level that is named.
  static let minimumCount = 10
  /// The most levels that are named.
  static let maximumLevelCount = 30

  let chart: ColumnChart

  init(_ column: AlignedColumn) {
    let shares = column.sides.prefix(2).map {
      LevelShares($0.codes, levelCount: column.levels.count)
    }
    let rows = column.sides.prefix(2).map { Double($0.codes.count) }
    let often = column.levels.indices.filter { shares[0].counts[$0] >= Self.minimumCount }
    var named = Array(
      often.sorted { (shares[0].counts[$1], $0) < (shares[0].counts[$0], $1) }
        .prefix(Self.maximumLevelCount))
    if column.kind == .orderedCategory { named = Self.inOrder(named, of: column.levels) }
    var labels = named.map { column.levels[$0] }
    var bars = shares.indices.map { side in
      named.map { rows[side] > 0 ? Double(shares[side].counts[$0]) / rows[side] : 0 }
    }
    let isNamed = Set(named)
    let others = shares.map { side in
      column.levels.indices.reduce(0) { $0 + (isNamed.contains($1) ? 0 : side.counts[$1]) }
    }
    func append(_ label: String, _ counts: [Int]) {
      guard counts.contains(where: { $0 > 0 }) else { return }
      labels.append(label)
      for side in bars.indices {
        bars[side].append(rows[side] > 0 ? Double(counts[side]) / rows[side] : 0)
      }
    }
    append("other levels", others)
    append("missing", column.sides.prefix(2).map { $0.codes.count - $0.presentCount })
    chart = ColumnChart(labels: labels, real: bars[0], synthetic: bars[1], isHistogram: false)
  }

  /// By number where all levels are numbers, else by text.
  private static func inOrder(_ levels: [Int], of names: [String]) -> [Int] {
    let numbers = levels.compactMap { Double(names[$0]) }
    guard numbers.count == levels.count else { return levels.sorted { names[$0] < names[$1] } }
    return zip(levels, numbers).sorted { $0.1 < $1.1 }.map(\.0)
  }
}
