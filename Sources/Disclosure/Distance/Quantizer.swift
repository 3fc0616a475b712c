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

  /// Returns some rows of a table, of all columns unless some are named.
  ///
  /// - Precondition: There is a row.
  func table(_ table: Int, rows: [Int], columns: [Int]? = nil) -> QuantizedTable {
    let columns = columns ?? Array(comparisons.indices)
    let width = columns.count
    let size = QuantizedTable.tileSize
    let tileCount = (rows.count + size - 1) / size
    var cells = [Int16](repeating: 0, count: tileCount * width * size)
    for (column, source) in columns.enumerated() {
      let coded = coded(table, source, rows)
      for place in 0..<tileCount * size {
        cells[(place / size * width + column) * size + place % size] =
          coded[min(place, rows.count - 1)]
      }
    }
    return QuantizedTable(
      comparisons: columns.map { comparisons[$0] }, unit: unit, rowCount: rows.count, cells: cells)
  }

  /// The cells of a column in some rows.
  private func coded(_ table: Int, _ column: Int, _ rows: [Int]) -> [Int16] {
    guard comparisons[column] != .level else {
      // Levels beyond 65,535 share numbers; distances, unlike matches, bear that.
      let codes = tables.codes[column][table]
      return rows.map { Int16(truncatingIfNeeded: codes[$0]) }
    }
    let side = tables.columns[column].sides[table]
    let (low, width) = ranges[column]
    let steps = Double(unit)
    return rows.map { row in
      guard side.codes[row] != 0 else { return QuantizedTable.missing }
      let place = width > 0 ? (side.values[row] - low) / width : side.values[row] == low ? 0 : 1
      // Beyond twice the range every distance is 1 anyway.
      return Int16((min(2, max(-1, place)) * steps).rounded())
    }
  }
}
