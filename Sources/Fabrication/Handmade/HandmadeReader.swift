// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Reads the rows that a specification gives by hand.
struct HandmadeReader {
  let file: SpecificationFile

  static let keys = ["given", "scenarios", "vary", "cover"]
  private static let blockKeys = ["rows", "from", "notes", "representative", "breaks"]

  /// Which rows there will be, and the typed ones; their cells are read column by column.
  func rows(
    _ node: TableNode, columns: [String], files: (String) throws(DataError) -> TypedRows
  ) throws(DataError) -> HandmadeRows {
    var rows = HandmadeRows()
    var typed: [TypedRow] = []
    if let given = node.given {
      for entry in try blocks(given, columns: columns) {
        var block: HandmadeRows.Block
        let first = typed.count
        switch entry {
        case .row(let row):
          typed.append(try self.row(row, columns: columns))
          block = HandmadeRows.Block(rows: first..<first + 1, places: [typed[first].place])
        case .block(let node):
          let (read, source) = try self.block(node, columns: columns, files: files)
          typed += read
          block = HandmadeRows.Block(
            rows: first..<first + read.count, places: read.map(\.place))
          block.source = source
          try describe(&block, node)
        }
        guard !block.rows.isEmpty else { continue }
        rows.blocks.append(block)
      }
    }
    var next = typed.count
    for (key, value) in try scenarios(node.scenarios) {
      let count =
        try value["rows"].map { (count) throws(DataError) in
          try file.whole(count, "rows", 1...1_000_000)
        } ?? 1
      if let values = value["values"] { try check(values, columns: columns, what: "scenario") }
      var block = HandmadeRows.Block(
        rows: next..<next + count, scenario: key.string ?? "", places: [file.place(of: key)])
      try describe(&block, value)
      rows.blocks.append(block)
      next += count
    }
    if let vary = node.vary {
      guard !typed.isEmpty else {
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
    rows.typed = typed
    return rows
  }

  // MARK: Typed rows

  private enum Entry {
    case row(Node)
    case block(Node)
  }

  /// What stands under `given`: rows, blocks of rows with what is said of them, or the name of a file.
  private func blocks(_ node: Node, columns: [String]) throws(DataError) -> [Entry] {
    if isBlock(node, columns: columns) || node.scalar?.string.contains(".") == true {
      return [.block(node)]
    }
    guard let list = node.sequence else {
      throw file.problem(
        "`given` is no list of rows", node,
        "Write `given: [{age: 17, name: \"*\"}]`, or the name of a file, as `given: rows.csv`.")
    }
    return list.map { isBlock($0, columns: columns) ? .block($0) : .row($0) }
  }

  private func isBlock(_ node: Node, columns: [String]) -> Bool {
    guard let fields = node.mapping else { return false }
    return fields.contains { key, value in
      (key.string == "rows" && value.sequence != nil || key.string == "from")
        && !columns.contains(key.string ?? "")
    }
  }

  private func block(
    _ node: Node, columns: [String], files: (String) throws(DataError) -> TypedRows
  ) throws(DataError) -> ([TypedRow], (name: String, place: SourcePlace, rowCount: Int)?) {
    guard let fields = node.mapping else {
      let rows = try rows(in: node, columns: columns, files)
      return (rows, (node.scalar?.string ?? "", file.start(of: node), rows.count))
    }
    for (key, _) in fields where !Self.blockKeys.contains(key.string ?? "") {
      throw file.unknown(key, among: Self.blockKeys)
    }
    var rows: [TypedRow] = []
    var source: (name: String, place: SourcePlace, rowCount: Int)?
    if let name = fields["from"] {
      rows += try self.rows(in: name, columns: columns, files)
      source = (name.scalar?.string ?? "", file.start(of: name), rows.count)
    }
    if let list = fields["rows"] {
      guard let entries = list.sequence else {
        throw file.problem("`rows` is no list of rows", list, "Write `rows: [{age: 17}]`.")
      }
      for entry in entries { rows.append(try row(entry, columns: columns)) }
    }
    return (rows, source)
  }

  private func rows(
    in name: Node, columns: [String], _ files: (String) throws(DataError) -> TypedRows
  ) throws(DataError) -> [TypedRow] {
    guard let path = name.scalar?.string, !path.isEmpty else {
      throw file.problem("`from` names no file", name, "Write `from: rows.csv`.")
    }
    let table = try files(path)
    for column in table.names where !columns.contains(column) {
      throw file.problem(
        "the file `\(path)` has a column `\(column)`, and the table has none", name,
        Suggestion.remedy(for: column, among: columns))
    }
    guard Set(table.names).count == table.names.count else {
      throw file.problem(
        "the file `\(path)` has two columns of one name", name, "Rename one of them.")
    }
    return table.rows.enumerated().map { number, cells in
      // The first line holds the names.
      let place = SourcePlace(file: path, line: number + 2, column: 1)
      var row = TypedRow(place: place)
      for (column, text) in zip(table.names, cells) {
        row.cells[column] = TypedRow.Cell(
          text: text, isQuoted: !text.isEmpty, place: place)
      }
      return row
    }
  }

  private func row(_ node: Node, columns: [String]) throws(DataError) -> TypedRow {
    try check(node, columns: columns, what: "row")
    var row = TypedRow(place: file.place(of: node))
    for (key, cell) in node.mapping ?? Node.Mapping([]) {
      guard let text = cell.scalar?.string else {
        throw file.problem("a cell is a list", cell, "Write one value, or \"*\".")
      }
      let isQuoted = cell.scalar.map { $0.style == .doubleQuoted || $0.style == .singleQuoted }
      row.cells[key.string ?? ""] = TypedRow.Cell(
        text: text, isQuoted: isQuoted == true,
        place: file.start(of: cell))
    }
    return row
  }

  /// What is said of rows that were written together.
  private func describe(_ block: inout HandmadeRows.Block, _ node: Node) throws(DataError) {
    block.notes = node["notes"]?.scalar?.string
    if let mark = node["representative"] {
      guard let text = mark.scalar?.string.lowercased(),
        ["yes", "no", "true", "false"].contains(text)
      else {
        throw file.problem(
          "`representative` is neither yes nor no", mark, "Write `representative: no`.")
      }
      block.isRepresentative = text == "yes" || text == "true"
    }
    if let node = node["breaks"] { block.breaks = try file.names(node, "breaks") }
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
    let known = ["rows", "values", "notes", "representative", "breaks"]
    var scenarios: [(key: Node, value: Node)] = []
    for (key, value) in fields {
      guard let options = value.mapping,
        value["values"]?.mapping != nil || (value["values"] == nil && value["breaks"] != nil)
      else {
        throw file.problem(
          "scenario `\(key.string ?? "")` has no `values`", value,
          "Write `{rows: 3, values: {age: 15}}`.")
      }
      for (option, _) in options where !known.contains(option.string ?? "") {
        throw file.unknown(option, among: known)
      }
      scenarios.append((key, value))
    }
    return scenarios
  }

  // MARK: Cells

  /// The typed cells of a column by row; `*` and what is left out is made as the rest.
  func cells(
    _ rows: [TypedRow], of column: String, _ type: FormulaType
  ) throws(DataError) -> [Int: GivenValue] {
    var cells: [Int: GivenValue] = [:]
    for (number, row) in rows.enumerated() {
      guard let cell = row.cells[column], cell.text != "*" else { continue }
      cells[number] = try value(cell, type, column)
    }
    return cells
  }

  private func value(
    _ cell: TypedRow.Cell, _ type: FormulaType, _ column: String
  ) throws(DataError) -> GivenValue {
    let text = cell.text
    if !cell.isQuoted, ["", "~", "null", "missing"].contains(text) { return .missing }
    func wrong(_ message: String, _ remedy: String) -> DataError {
      DataError(
        message, file: cell.place.file, line: cell.place.line, position: cell.place.column,
        column: column, remedy: remedy)
    }
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
      throw wrong(
        "the level is none of the column's", Suggestion.remedy(for: text, among: set.codes))
    case .text, .missing: return .text(text)
    case .dateTime, .time, .duration:
      throw wrong("\(type.words) cannot be typed here", "Leave the cell to be made: \"*\".")
    }
    throw wrong("the cell is not \(type.words)", "Write \(type.words), or \"*\".")
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
