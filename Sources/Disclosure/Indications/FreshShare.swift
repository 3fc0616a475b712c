// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// A share of synthetic rows beside the share that fresh real rows would show.
///
/// The share of fresh rows is found by leaving one out: each real row in turn stands for a fresh
/// row before the table of the others. That is without bias for a table of one row less, and needs
/// no control.
struct FreshShare {
  /// Synthetic rows (or cells) that show the thing.
  var syntheticHits: Double
  /// Synthetic rows (or cells) in all.
  var syntheticTotal: Double
  /// Real rows (or cells) that show the thing before all other rows.
  var realHits: Double
  /// Real rows (or cells) in all.
  var realTotal: Double
  /// The number of rows behind the totals, for the limit: cells of one row are not independent.
  var rows: (real: Int, synthetic: Int)

  /// The score; its limit is the 95 % point of a difference of two shares.
  var score: Score {
    guard syntheticTotal > 0 else { return Score(notComputable: "the synthetic table has no rows") }
    guard realTotal > 0 else { return Score(notComputable: "the real table has no rows") }
    let reference = realHits / realTotal
    let real = Double(rows.real)
    // One more hit in two more rows keeps a limit above 0 where no real row shows the thing.
    let share = (reference * real + 1) / (real + 2)
    let error = (share * (1 - share) * (1 / real + 1 / Double(rows.synthetic))).squareRoot()
    return Score(
      syntheticHits / syntheticTotal, reference: reference,
      limit: min(1, share + Self.point * error))
  }

  /// The 95 % point of a standard normal.
  static let point = 1.644854
}
