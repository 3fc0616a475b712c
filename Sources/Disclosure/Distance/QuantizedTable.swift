// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// Rows as small whole numbers, column by column in tiles of rows, for fast distances.
///
/// The distance of two rows is Gower's: the mean over the columns of |x − y| over the real range
/// (1 at most), or 0 and 1 for equal and different levels; a cell missing on one side alone counts
/// 1, on both sides 0. It is kept as a sum in steps of 1/`unit`, so that a whole sum fits 16 bits.
struct QuantizedTable: Sendable {
  /// The rows of a tile: enough for vector instructions, and few enough to be alike.
  static let tileSize = 64

  /// Stands for a missing cell.
  static let missing = Int16.min

  /// How cells of a column are compared.
  enum Comparison: Sendable {
    /// Equal or not.
    case level
    /// By difference; no cell is missing.
    case scale
    /// By difference, unless a cell is missing, which is written as ``missing``.
    case scaleWithMissing
  }

  /// How each column is compared.
  let comparisons: [Comparison]
  /// The steps of a distance of 1 in one column.
  let unit: Int16
  /// The number of rows.
  let rowCount: Int
  /// Tile after tile, in each column after column; places beyond the last row repeat it.
  let cells: [Int16]

  /// The number of tiles.
  var tileCount: Int { (rowCount + Self.tileSize - 1) / Self.tileSize }

  /// Returns some of the rows, in their order.
  ///
  /// - Precondition: There is a row.
  func selecting(_ rows: [Int]) -> QuantizedTable {
    let size = Self.tileSize
    let width = comparisons.count
    let tileCount = (rows.count + size - 1) / size
    var chosen = [Int16](repeating: 0, count: tileCount * width * size)
    for place in 0..<tileCount * size {
      let row = rows[min(place, rows.count - 1)]
      let (from, to) = (row / size * width * size, place / size * width * size)
      for column in 0..<width {
        chosen[to + column * size + place % size] = cells[from + column * size + row % size]
      }
    }
    return QuantizedTable(
      comparisons: comparisons, unit: unit, rowCount: rows.count, cells: chosen)
  }

  /// The cells of a row, one a column.
  func row(_ row: Int) -> [Int16] {
    let first = row / Self.tileSize * comparisons.count * Self.tileSize + row % Self.tileSize
    return comparisons.indices.map { cells[first + $0 * Self.tileSize] }
  }

  /// How far apart the cells of a column are, in steps on average, of rows half a table from each other.
  func spread(of column: Int) -> Double {
    let half = rowCount / 2
    func cell(_ row: Int) -> Int16 {
      let tile = row / Self.tileSize * comparisons.count + column
      return cells[tile * Self.tileSize + row % Self.tileSize]
    }
    var sum = 0
    for row in 0..<half {
      let (one, other) = (cell(row), cell(row + half))
      guard one != other else { continue }
      let isWhole =
        comparisons[column] == .level || one == Self.missing || other == Self.missing
      sum += isWhole ? Int(unit) : min(Int(unit), abs(Int(one) - Int(other)))
    }
    return half > 0 ? Double(sum) / Double(half) : 0
  }
}
