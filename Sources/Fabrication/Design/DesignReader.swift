// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Reads `cover:`, which lets all combinations of the levels of some columns occur.
struct DesignReader {
  let file: SpecificationFile

  /// Adds the design's rows to a table: after those typed by hand, before the rest.
  func adding(
    _ node: TableNode, types: [FormulaScope.Column], to table: Specification.TableSpecification
  ) throws(DataError) -> Specification.TableSpecification {
    guard let cover = node.cover else { return table }
    for (key, _) in cover.mapping ?? Node.Mapping([])
    where !["columns", "strength"].contains(key.string) {
      throw file.unknown(key, among: ["columns", "strength"])
    }
    guard let columns = cover["columns"] else {
      throw file.problem(
        "`cover` names no columns", cover, "Write `cover: {columns: [a, b, c], strength: 2}`.")
    }
    let names = try file.names(columns, "columns")
    var levels: [[GivenValue]] = []
    for name in names { levels.append(try self.levels(of: name, types, columns)) }
    let strength =
      try cover["strength"].map { (node) throws(DataError) in
        try file.whole(node, "strength", 1...6)
      } ?? 2
    guard strength <= names.count else {
      throw file.problem(
        "the strength is above the number of columns", cover, "Name more columns, or lower it.")
    }
    guard let array = CoveringArray(levels: levels.map(\.count), strength: strength) else {
      throw file.problem(
        "the columns have too many combinations", cover,
        "Name fewer columns, or lower the strength.")
    }
    var table = table
    let first = table.handmade.count
    table.handmade.design = first..<first + array.rows.count
    for (factor, name) in names.enumerated() {
      guard let place = table.columns.firstIndex(where: { $0.name == name }) else { continue }
      for (row, chosen) in array.rows.enumerated() {
        table.columns[place].given[first + row] = levels[factor][chosen[factor]]
      }
    }
    let count = table.handmade.count
    if let rows = node.rowCount {
      guard rows >= count else {
        throw file.problem(
          "`rows` is less than the \(count) rows made by hand or by `cover`", cover,
          "Ask for \(count) or more, or leave `rows` out.")
      }
    } else {
      table.rowCount = count
    }
    return table
  }

  private func levels(
    of name: String, _ types: [FormulaScope.Column], _ node: Node
  ) throws(DataError) -> [GivenValue] {
    guard let column = types.first(where: { $0.name == name }) else {
      throw file.problem(
        "there is no column `\(name)`", node,
        Suggestion.remedy(for: name, among: types.map(\.name)))
    }
    switch column.type {
    case .boolean: return [.boolean(false), .boolean(true)]
    case .category(let set): return set.codes.map { .text($0) }
    default:
      throw file.problem(
        "column `\(name)` is \(column.type.words) and has no levels", node,
        "Name columns drawn by `categorical`, or conditions.")
    }
  }
}
