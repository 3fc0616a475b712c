// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Learners
import Randomness
import Tables

/// Rows of the real table, the synthetic one and the holdout on top of each other, as models learn them.
struct PredictionTables: Sendable {
  /// The most rows of either table; of more, so many are drawn.
  static let maximumRowCount = 8_000

  /// The columns, of all rows in one side.
  let columns: [AlignedColumn]
  /// The same columns in bins.
  let predictors: [TreePredictor]
  private let starts: [Int]

  /// - Returns: `nil` without a holdout, or without two columns.
  init?(_ alignment: TableAlignment, key: RandomKey, threads: Int) {
    guard alignment.rowCounts.count > 2, alignment.columns.count > 1 else { return nil }
    let rows = (0..<3).map { side in
      var stream = key.stream(path: ["fidelity", "prediction", String(side)]).stream(entity: 0)
      let count = alignment.rowCounts[side]
      return Draws.sample(min(count, Self.maximumRowCount), of: count, using: &stream)
    }
    let sizes = rows.map(\.count)
    starts = [0, sizes[0], sizes[0] + sizes[1], sizes.reduce(0, +)]
    columns = alignment.columns.map { column in
      var column = column
      // One table of all rows, against which an empty one is stacked: the encoding is the same for all.
      let values =
        column.isContinuous
        ? zip(rows, column.sides).flatMap { rows, side in rows.map { side.values[$0] } } : []
      let codes = zip(rows, column.sides).flatMap { rows, side in rows.map { side.codes[$0] } }
      column.sides = [AlignedColumn.Side(values: values, codes: codes)]
      return column
    }
    predictors = StackedTables(columns: columns, rowCount: starts[3]).predictors(threads: threads)
  }

  /// What foretells a column: all others.
  func others(than column: Int) -> [TreePredictor] {
    predictors.indices.filter { $0 != column }.map { predictors[$0] }
  }

  /// The rows of a side, 0 for real, 1 for synthetic, 2 for the holdout, that have a value in a column.
  func rows(_ side: Int, presentIn column: Int) -> [Int32] {
    let codes = columns[column].sides[0].codes
    return (starts[side]..<starts[side + 1]).filter { codes[$0] != 0 }.map { Int32($0) }
  }

  /// For each row whether it has a level of a column, numbered from 1.
  func isPositive(_ column: Int, level: Int) -> [Bool] {
    columns[column].sides[0].codes.map { $0 == UInt32(level) }
  }
}
