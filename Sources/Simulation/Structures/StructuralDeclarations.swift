// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// What a file says of tables and columns, before names and types are checked.
struct StructuralDeclarations {
  struct Made {
    var formula: Formula
    var text: String
    var place: SourcePlace
  }

  struct Column {
    var name: String
    var made: Made
    var isHidden = false
    var decimals: Int?
  }

  struct Table {
    var name: String
    var node: Node
    var parent: Node?
    var rowCount: Int?
    var rows: Made?
    var periods: Int?
    var columns: [Column] = []
  }

  private static let keys = [
    "simulate", "seed", "parameters", "tables", "missing", "truth", "purpose", "notes",
  ]
  private static let tableKeys = ["per", "rows", "periods", "columns", "notes"]
  private static let columnKeys = ["value", "hidden", "decimals", "notes"]

  let nodes: ModelNodes
  private(set) var seed: String?
  private(set) var parameters: [(name: String, value: Expression.Literal)] = []
  private(set) var tables: [Table] = []
  private(set) var missing: Node?
  private(set) var truth: Node?

  init(_ root: Node.Mapping, _ nodes: ModelNodes) throws(DataError) {
    self.nodes = nodes
    for (key, value) in root {
      switch key.string ?? "" {
      case "simulate", "purpose", "notes": break
      case "seed": seed = value.string
      case "parameters": try read(parameters: value)
      case "tables":
        for (key, table) in try nodes.mapping(value, "tables", "Write `tables: {person: …}`.") {
          try read(table: key, table)
        }
      case "missing": missing = value
      case "truth": truth = value
      default: throw nodes.unknown(key, among: Self.keys)
      }
    }
    guard !tables.isEmpty else {
      throw DataError(
        "the model names no tables", file: nodes.file, line: 1, position: 1,
        remedy: "Add `tables:` with one table, its `rows:` and its `columns:`.")
    }
  }

  private mutating func read(parameters node: Node) throws(DataError) {
    for (key, value) in try nodes.mapping(node, "parameters", "Write `parameters: {effect: 1.5}`.")
    {
      let name = key.string ?? ""
      guard !name.isEmpty, !parameters.contains(where: { $0.name == name }) else {
        throw nodes.problem("a parameter has no name of its own", key, "Name each once.")
      }
      let number = try nodes.number(value, name)
      let isWhole = value.string.flatMap { Int64($0) } != nil
      parameters.append((name, isWhole ? .whole(Int64(number)) : .number(number)))
    }
  }

  private mutating func read(table key: Node, _ node: Node) throws(DataError) {
    let example = "Write `person: {rows: 1000, columns: {age: \"~ normal(40, 10)\"}}`."
    let name = key.string ?? ""
    guard !name.isEmpty, !name.contains("/"), !tables.contains(where: { $0.name == name }) else {
      throw nodes.problem("a table has no name of its own", key, "Give each table its own name.")
    }
    var table = Table(name: name, node: key)
    for (field, value) in try nodes.mapping(node, name, example) {
      switch field.string ?? "" {
      case "per": table.parent = value
      case "rows":
        if let count = value.string.flatMap({ Int($0.filter { $0 != "_" }) }) {
          guard (0...StructuralModel.rowLimit).contains(count) else {
            throw nodes.problem(
              "`rows` is outside 0 to \(StructuralModel.rowLimit)", value, "Ask for fewer rows.")
          }
          table.rowCount = count
        } else {
          table.rows = try made(value, "rows")
        }
      case "periods": table.periods = try nodes.whole(value, "periods", 1...1_000_000)
      case "columns":
        for (key, column) in try nodes.mapping(value, "columns", example) {
          table.columns.append(try read(column: key, column, in: table))
        }
      case "notes": break
      default: throw nodes.unknown(field, among: Self.tableKeys)
      }
    }
    tables.append(table)
  }

  private func read(
    column key: Node, _ node: Node, in table: Table
  ) throws(DataError) -> Column {
    let name = key.string ?? ""
    guard !name.isEmpty, !table.columns.contains(where: { $0.name == name }) else {
      throw nodes.problem("a column has no name of its own", key, "Name each column once.")
    }
    if node.scalar != nil { return Column(name: name, made: try made(node, name)) }
    let example = "Write `\(name): {value: \"~ normal(0, 1)\", hidden: true}`."
    let fields = try nodes.mapping(node, name, example)
    guard let value = fields["value"] else {
      throw nodes.problem("nothing says how `\(name)` is made", node, example)
    }
    var column = Column(name: name, made: try made(value, name))
    for (field, value) in fields {
      switch field.string ?? "" {
      case "value", "notes": break
      case "hidden": column.isHidden = try nodes.flag(value, "hidden")
      case "decimals": column.decimals = try nodes.whole(value, "decimals", 0...15)
      default: throw nodes.unknown(field, among: Self.columnKeys)
      }
    }
    return column
  }

  private func made(_ node: Node, _ what: String) throws(DataError) -> Made {
    let read = try nodes.formula(node, what)
    return Made(formula: read.formula, text: read.text, place: read.place)
  }
}
