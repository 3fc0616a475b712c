// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics

/// Figures that describe a column, real beside synthetic.
enum SummaryFigures {
  private static let quantiles: [(name: String, p: Double)] = [
    ("q01", 0.01), ("q05", 0.05), ("q25", 0.25), ("q50", 0.5), ("q75", 0.75), ("q95", 0.95),
    ("q99", 0.99),
  ]

  /// Mean, standard deviation and quantiles of ascending values.
  static func scale(_ real: [Double], _ synthetic: [Double]) -> [ColumnFidelity.Summary] {
    let moments = [Moments(of: real), Moments(of: synthetic)]
    return [
      .init(name: "mean", real: moments[0]?.mean, synthetic: moments[1]?.mean),
      .init(
        name: "sd", real: moments[0]?.standardDeviation,
        synthetic: moments[1]?.standardDeviation),
    ]
      + quantiles.map {
        .init(
          name: $0.name, real: Quantiles.quantile($0.p, ofSorted: real),
          synthetic: Quantiles.quantile($0.p, ofSorted: synthetic))
      }
  }

  /// The number of levels in use.
  static func levels(_ column: AlignedColumn) -> [ColumnFidelity.Summary] {
    let used = column.sides.prefix(2).map { side in
      LevelShares(side.codes, levelCount: column.levels.count).counts.count { $0 > 0 }
    }
    return [.init(name: "levels", real: Double(used[0]), synthetic: Double(used[1]))]
  }
}
