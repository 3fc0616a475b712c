// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics

/// The share of rows with a value far outside the middle of the real ones, in the synthetic and in the real
/// table.
///
/// Far outside is beyond Tukey's fences, 1.5 interquartile ranges from the quartiles of the real values.
/// Where the quartiles are one value, three standard deviations from it, since the least noise would lie
/// outside a fence of no width.
/// The share alone says nothing of persons: it tells a table that was made of outliers from one that has
/// as many as the real one.
struct OutlyingRows {
  let score: Score

  init(_ tables: ComparedTables) {
    var isOut = (0..<2).map { [Bool](repeating: false, count: tables.rowCounts[$0]) }
    var hasScale = false
    for column in tables.columns where column.isContinuous {
      let ascending = column.sides[0].presentValues.sorted()
      guard let first = Quantiles.quantile(0.25, ofSorted: ascending),
        let third = Quantiles.quantile(0.75, ofSorted: ascending)
      else { continue }
      hasScale = true
      let reach =
        third > first ? 1.5 * (third - first) : 3 * (Moments(of: ascending)?.standardDeviation ?? 0)
      for side in 0..<2 {
        let cells = column.sides[side]
        for row in cells.values.indices
        where cells.codes[row] != 0
          && (cells.values[row] < first - reach || cells.values[row] > third + reach)
        {
          isOut[side][row] = true
        }
      }
    }
    guard hasScale, !isOut[0].isEmpty, !isOut[1].isEmpty else {
      score = Score(notComputable: "no column has values on a scale, or a table has no rows")
      return
    }
    let shares = isOut.map { rows in Double(rows.count { $0 }) / Double(rows.count) }
    score = Score(shares[1], reference: shares[0])
  }
}
