// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics

/// A variable as a few codes for tables of counts: a scale in five groups, levels as they are.
///
/// The edges of the groups are the real table's quantiles for both tables, where synthpop takes those
/// of both tables together; missing is a code of its own, 0.
struct GroupedColumn: Sendable {
  /// The number of groups of a scale.
  static let groupCount = 5

  /// For each table the code of each row.
  let codes: [[UInt32]]
  /// The number of codes.
  let codeCount: Int
  private let labels: [String]

  init(_ column: AlignedColumn) {
    guard column.isContinuous else {
      codes = column.sides.map(\.codes)
      codeCount = column.levels.count + 1
      let counts = LevelShares(column.sides[0].codes, levelCount: column.levels.count).counts
      labels =
        ["missing"]
        + column.levels.indices.map {
          counts[$0] >= LevelChart.minimumCount ? column.levels[$0] : "a rare level"
        }
      return
    }
    let ascending = column.sides[0].presentValues.sorted()
    var edges: [Double] = []
    for group in 1..<Self.groupCount {
      let edge = Quantiles.quantile(Double(group) / Double(Self.groupCount), ofSorted: ascending)
      if let edge, edge != edges.last { edges.append(edge) }
    }
    let cuts = edges
    codes = column.sides.map { side in
      side.values.indices.map { row in
        side.codes[row] == 0 ? 0 : UInt32(1 + cuts.count { $0 < side.values[row] })
      }
    }
    codeCount = cuts.count + 2
    labels = ["missing"] + (0...cuts.count).map { Self.label(ofGroup: $0, count: cuts.count + 1) }
  }

  private static func label(ofGroup group: Int, count: Int) -> String {
    if group == 0 { return "lowest of \(count) groups" }
    return group == count - 1
      ? "highest of \(count) groups" : "group \(group + 1) of \(count) from below"
  }

  /// What a code is called; rare levels are not named.
  func label(_ code: Int) -> String { labels[code] }
}
