// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// Rows as small whole numbers, column by column in tiles of 32 rows, for fast distances.
///
/// The distance of two rows is Gower's: the mean over the columns of |x − y| over the real range
/// (1 at most), or 0 and 1 for equal and different levels; a cell missing on one side alone counts
/// 1, on both sides 0. It is kept as a sum in steps of 1/`unit`, so that a whole sum fits 16 bits.
struct QuantizedTable: Sendable {
  typealias Tile = SIMD32<Int16>

  /// How cells of a column are compared.
  enum Comparison: Sendable {
    /// Equal or not.
    case level
    /// By difference; no cell is missing.
    case scale
    /// By difference, unless a cell is missing, which is written as −1.
    case scaleWithMissing
  }

  /// How each column is compared.
  let comparisons: [Comparison]
  /// The steps of a distance of 1 in one column.
  let unit: Int16
  /// The number of rows.
  let rowCount: Int
  /// For each 32 rows one tile a column.
  ///
  /// Rows beyond the last repeat it.
  let tiles: [Tile]

  /// The number of tiles of a column.
  var tileCount: Int { (rowCount + 31) / 32 }

  /// The cell of a row.
  func cell(_ row: Int, _ column: Int) -> Int16 {
    tiles[row / 32 * comparisons.count + column][row % 32]
  }
}
