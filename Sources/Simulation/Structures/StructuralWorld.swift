// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Tables

/// Everything a model has made: complete tables, with hidden columns and nothing missing.
struct StructuralWorld: Sendable {
  /// The values, in the order of the model's scope.
  var data: FormulaData
  /// A key of each row that stays when other rows come or go.
  var keys: [[UInt64]]

  /// The row of an upper table to which each row of a table belongs.
  func rows(of table: Int, in upper: Int, _ model: StructuralModel) -> [Int] {
    var rows = Array(0..<data.tables[table].count)
    var current = table
    while current != upper, let parent = model.tables[current].parent,
      let link = model.scope.links.firstIndex(where: { $0.child == current })
    {
      rows = rows.map { Int(data.parentRows[link][$0]) }
      current = parent
    }
    return rows
  }
}
