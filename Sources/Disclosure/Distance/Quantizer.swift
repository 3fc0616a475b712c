// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics

/// Turns rows into small whole numbers, all tables by the same scale: the range of the real values.
struct Quantizer: Sendable {
  private let tables: ComparedTables
  private let comparisons: [QuantizedTable.Comparison]
  private let ranges: [(low: Double, width: Double)]
  private let unit: Int16

  /// Creates a quantizer; `nil` without columns, or with more than distances can hold.
  init?(_ tables: ComparedTables) {
    let count = tables.columns.count
    guard count > 0, count <= 4000 else { return nil }
    self.tables = tables
    unit = Int16(min(8192, 32_000 / count))
    comparisons = tables.columns.map { column in
      guard column.isContinuous else { return .level }
      return column.sides.allSatisfy { $0.presentCount == $0.codes.count }
        ? .scale : .scaleWithMissing
    }
    ranges = tables.columns.map { column in
      guard column.isContinuous else { return (0, 0) }
      let values = column.sides[0].presentValues
      let low = values.min() ?? 0
      return (low, (values.max() ?? 0) - low)
    }
  }

  /// Returns some rows of a table.
  func table(_ table: Int, rows: [Int]) -> QuantizedTable {
    let width = comparisons.count
    let tileCount = (rows.count + 31) / 32
    var tiles = [QuantizedTable.Tile](repeating: .zero, count: tileCount * width)
    for column in 0..<width {
      let cells = cells(table, column)
      for place in 0..<tileCount * 32 {
        let row = rows[min(place, rows.count - 1)]
        tiles[place / 32 * width + column][place % 32] = cells(row)
      }
    }
    return QuantizedTable(
      comparisons: comparisons, unit: unit, rowCount: rows.count, tiles: tiles)
  }

  private func cells(_ table: Int, _ column: Int) -> (Int) -> Int16 {
    let side = tables.columns[column].sides[table]
    let codes = tables.codes[column][table]
    guard comparisons[column] != .level else {
      // Levels beyond 65,535 share numbers; distances, unlike matches, bear that.
      return { Int16(truncatingIfNeeded: codes[$0]) }
    }
    let (low, width) = ranges[column]
    let steps = Double(unit)
    let isScale = comparisons[column] == .scale
    return { row in
      guard isScale || side.codes[row] != 0 else { return -1 }
      let place = width > 0 ? (side.values[row] - low) / width : side.values[row] == low ? 0 : 1
      return Int16((min(1, max(0, place)) * steps).rounded())
    }
  }
}
