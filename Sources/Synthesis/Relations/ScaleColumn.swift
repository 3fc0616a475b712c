// SPDX-License-Identifier: Apache-2.0
import Tables

/// A column on a scale, with its values as numbers, while relations are looked for.
struct ScaleColumn {
  let name: String
  let values: [Double]
  let missing: MissingCells
  let storage: ScaleStorage
  let gridScale: Double
  /// Whether more than one value occurs.
  let isVarying: Bool

  init?(_ column: Column) {
    guard let storage = ScaleStorage(column.values) else { return nil }
    name = column.name
    self.storage = storage
    values = column.values.scaleValues
    missing = column.missing
    gridScale = column.gridScale
    var first: Double?
    var varies = false
    for row in values.indices where !column.missing.isMissing(at: row) {
      if let first, first != values[row] {
        varies = true
        break
      }
      first = first ?? values[row]
    }
    isVarying = varies
  }

  /// The rows in which every one of some columns has a value.
  static func rowsPresent(in columns: [ScaleColumn]) -> [Int] {
    guard let count = columns.first?.values.count else { return [] }
    return (0..<count).filter { row in columns.allSatisfy { !$0.missing.isMissing(at: row) } }
  }

  /// Whether this column is missing in just those rows in which one of some others is.
  func isMissing(exactlyWith others: [ScaleColumn]) -> Bool {
    values.indices.allSatisfy { row in
      missing.isMissing(at: row) == others.contains { $0.missing.isMissing(at: row) }
    }
  }
}
