// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Reads the rows that a specification gives by hand.
struct HandmadeReader {
  let file: SpecificationFile

  static let keys = ["given", "scenarios", "vary", "cover"]

  /// Which rows there will be; their cells are read column by column.
  func rows(_ node: TableNode, columns: [String]) throws(DataError) -> HandmadeRows {
    var rows = HandmadeRows()
    rows.typedCount = try typed(node.given, columns: columns).count
    var next = rows.typedCount
    for (key, value) in try scenarios(node.scenarios) {
      let count =
        try value["rows"].map { (count) throws(DataError) in
          try file.whole(count, "rows", 1...1_000_000)
        } ?? 1
      try check(value["values"] ?? value, columns: columns, what: "scenario")
      rows.scenarios.append((key.string ?? "", next..<next + count))
      next += count
    }
    if let vary = node.vary {
      guard rows.typedCount > 0 else {
        throw file.problem(
          "`vary` has nothing to vary around", vary, "Give rows by hand under `given:`.")
      }
      for (key, _) in vary.mapping ?? Node.Mapping([])
      where !["rows", "alike"].contains(key.string) {
        throw file.unknown(key, among: ["rows", "alike"])
      }
      guard let count = vary["rows"] else {
        throw file.problem(
          "`vary` says not how many", vary, "Write `vary: {rows: 50, alike: 0.8}`.")
      }
      rows.variations = next..<next + (try file.whole(count, "rows", 1...10_000_000))
      if let alike = vary["alike"] { rows.likeness = try file.share(alike, "alike") }
    }
    return rows
  }

  private func typed(_ node: Node?, columns: [String]) throws(DataError) -> [Node] {
    guard let node else { return [] }
    guard let list = node.sequence else {
      throw file.problem(
        "`given` is no list of rows", node, "Write `given: [{age: 17, name: \"*\"}]`.")
    }
    let rows = Array(list)
    for row in rows { try check(row, columns: columns, what: "row") }
    return rows
  }

  private func check(_ node: Node, columns: [String], what: String) throws(DataError) {
    guard let fields = node.mapping else {
      throw file.problem(
        "a \(what) is no mapping", node, "Write the columns with their values, as `{age: 17}`.")
    }
    for (key, _) in fields where !columns.contains(key.string ?? "") {
      throw file.problem(
        "there is no column `\(key.string ?? "")`", key,
        Suggestion.remedy(for: key.string ?? "", among: columns))
    }
  }

  private func scenarios(_ node: Node?) throws(DataError) -> [(key: Node, value: Node)] {
    guard let node else { return [] }
    guard let fields = node.mapping else {
      throw file.problem(
        "`scenarios` is no mapping", node,
        "Write `scenarios: {young parents: {rows: 3, values: {age: 15}}}`.")
    }
    var scenarios: [(key: Node, value: Node)] = []
    for (key, value) in fields {
      guard let options = value.mapping, value["values"]?.mapping != nil else {
        throw file.problem(
          "scenario `\(key.string ?? "")` has no `values`", value,
          "Write `{rows: 3, values: {age: 15}}`.")
      }
      for (option, _) in options where !["rows", "values", "notes"].contains(option.string) {
        throw file.unknown(option, among: ["rows", "values", "notes"])
      }
      scenarios.append((key, value))
    }
    return scenarios
  }

  // MARK: Cells

  /// The typed cells of a column by row; `*` and what is left out is made as the rest.
  func cells(
    _ node: TableNode, of column: String, _ type: FormulaType
  ) throws(DataError) -> [Int: GivenValue] {
    var cells: [Int: GivenValue] = [:]
    for (row, fields) in (node.given?.sequence.map { Array($0) } ?? []).enumerated() {
      guard let cell = fields[column] else { continue }
      guard let text = cell.scalar?.string else {
        throw file.problem("a cell is a list", cell, "Write one value, or \"*\".")
      }
      if text == "*" { continue }
      let isQuoted = cell.scalar.map { $0.style == .doubleQuoted || $0.style == .singleQuoted }
      cells[row] = try value(text, isQuoted: isQuoted == true, type, cell)
    }
    return cells
  }

  private func value(
    _ text: String, isQuoted: Bool, _ type: FormulaType, _ node: Node
  ) throws(DataError) -> GivenValue {
    if !isQuoted, ["", "~", "null", "missing"].contains(text) { return .missing }
    switch type {
    case .number:
      if let number = Double(text), number.isFinite { return .number(number) }
    case .whole:
      if let number = Int64(text) { return .whole(number) }
    case .boolean:
      if text == "true" || text == "false" { return .boolean(text == "true") }
    case .date:
      if case .value(let expression)? = try? Formula(parsing: text),
        case .literal(.date(let days)) = expression.kind
      {
        return .days(Int32(truncatingIfNeeded: days))
      }
    case .category(let set):
      if let place = set.index(of: text) { return .text(set.codes[place]) }
      throw file.problem(
        "the level is none of the column's", node,
        Suggestion.remedy(for: text, among: set.codes))
    case .text, .missing: return .text(text)
    case .dateTime, .time, .duration:
      throw file.problem(
        "\(type.words) cannot be typed here", node, "Leave the cell to be made: \"*\".")
    }
    throw file.problem("the cell is not \(type.words)", node, "Write \(type.words), or \"*\".")
  }

  /// What each scenario says of a column.
  func makers(
    _ node: TableNode, of column: String, _ type: FormulaType, _ reader: ColumnReader
  ) throws(DataError) -> [String: Specification.Maker] {
    var makers: [String: Specification.Maker] = [:]
    for (key, value) in try scenarios(node.scenarios) {
      guard let formula = value["values"]?[column] else { continue }
      let (maker, made) = try reader.formula(formula)
      guard made.isLike(type) else {
        throw file.problem(
          "the scenario gives \(made.words), the column is \(type.words)", formula,
          "Write \(type.words).")
      }
      makers[key.string ?? ""] = maker
    }
    return makers
  }
}

extension FormulaType {
  /// Whether values of this type can stand among those of another.
  func isLike(_ other: FormulaType) -> Bool {
    switch (self, other) {
    case (.missing, _), (.category, .category), (.text, .category), (.category, .text),
      (.whole, .number):
      true
    default: self == other
    }
  }
}
