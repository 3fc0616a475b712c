// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Turns declarations into a model: links tables, orders columns, checks names and types.
struct StructuralReader {
  let declarations: StructuralDeclarations
  var model = StructuralModel()
  var made: [StructuralModel.Place: StructuralDeclarations.Made] = [:]

  var nodes: ModelNodes { declarations.nodes }

  init(_ declarations: StructuralDeclarations) throws(DataError) {
    self.declarations = declarations
    model.seed = declarations.seed
    model.parameters = declarations.parameters
    try layOut()
    try order()
    for step in model.steps { try compile(step) }
    if let node = declarations.missing { try read(missing: node) }
    if let node = declarations.truth { try read(truth: node) }
  }

  // MARK: Tables and their columns by name

  private mutating func layOut() throws(DataError) {
    let declared = declarations.tables
    var links: [FormulaScope.Link] = []
    for (index, table) in declared.enumerated() {
      var parent: Int?
      if let node = table.parent {
        guard let above = declared[..<index].firstIndex(where: { $0.name == node.string }) else {
          throw nodes.problem(
            "there is no table `\(node.string ?? "")` above this one", node,
            Suggestion.remedy(
              for: node.string ?? "", among: declared[..<index].map(\.name),
              otherwise: "Write the parent's table first."))
        }
        parent = above
        links.append(.init(child: index, parent: above, name: declared[above].name))
      }
      model.tables.append(
        .init(
          name: table.name, parent: parent, size: try size(table, hasParent: parent != nil),
          periods: table.periods))
    }
    model.scope.links = links
    for (index, table) in declared.enumerated() {
      if links.contains(where: { $0.parent == index }) {
        try add(automatic: .number, "\(table.name)_id", to: index)
      }
      if let parent = model.tables[index].parent {
        try add(automatic: .parent, "\(declared[parent].name)_id", to: index)
      }
      if table.periods != nil { try add(automatic: .period, "period", to: index) }
      for column in table.columns {
        made[.init(table: index, column: model.tables[index].columns.count)] = column.made
        model.tables[index].columns.append(
          .init(
            name: column.name, text: column.made.text, maker: .number, type: .missing,
            isHidden: column.isHidden, decimals: column.decimals))
      }
    }
    model.scope = FormulaScope(
      tables: model.tables.map { table in
        let parent = table.parent.map { "\(model.tables[$0].name)_id" }
        return FormulaScope.Table(
          name: table.name, columns: table.columns.map { .init(name: $0.name, type: $0.type) },
          entity: table.periods == nil ? nil : parent, time: table.periods == nil ? nil : "period")
      }, links: links,
      parameters: Dictionary(
        model.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
  }

  private func size(
    _ table: StructuralDeclarations.Table, hasParent: Bool
  ) throws(DataError) -> StructuralModel.Size {
    if table.periods != nil {
      guard hasParent, table.rows == nil, table.rowCount == nil else {
        throw nodes.problem(
          "table `\(table.name)` has periods and no `per`, or `rows` beside them", table.node,
          "Write `per:` the table of those observed, `periods:`, and no `rows:`.")
      }
      return .panel
    }
    guard table.rows != nil || table.rowCount != nil else {
      throw nodes.problem(
        "nothing says how many rows table `\(table.name)` has", table.node, "Add `rows: 1000`.")
    }
    guard hasParent || table.rowCount != nil else {
      throw nodes.problem(
        "the rows of table `\(table.name)` follow from nothing", table.node,
        "Write a number, or name the table they belong to in `per:`.")
    }
    // What a formula gives is filled in once the order is known.
    return hasParent ? .each(.number) : .fixed(table.rowCount ?? 0)
  }

  private mutating func add(
    automatic maker: StructuralModel.Maker, _ name: String, to table: Int
  ) throws(DataError) {
    let declared = declarations.tables[table]
    guard !declared.columns.contains(where: { $0.name == name }) else {
      throw nodes.problem(
        "table `\(declared.name)` has a column `\(name)` already", declared.node,
        "Take another name: this one numbers the rows.")
    }
    model.tables[table].columns.append(.init(name: name, text: "", maker: maker, type: .whole))
  }

  // MARK: Types

  private mutating func compile(_ step: StructuralModel.Step) throws(DataError) {
    switch step {
    case .rows(let table):
      guard let parent = model.tables[table].parent, case .each = model.tables[table].size else {
        return
      }
      let declared = declarations.tables[table]
      if let rows = declared.rows {
        let (maker, type) = try compiled(rows, table: parent)
        guard type == .whole else {
          throw rows.place.error(
            "the number of rows is \(type.words), not a whole number",
            remedy: "Write a number, `~ poisson(3)` or `floor(x)`.")
        }
        model.tables[table].size = .each(maker)
      } else {
        let count = try Expression(parsing: String(declared.rowCount ?? 0))
        model.tables[table].size = .each(
          .value(try CompiledFormula(count, in: model.scope(of: parent))))
      }
    case .column(let place): try compile(column: place)
    case .panel(let table, let columns):
      try compile(panel: table, columns)
    }
  }

  /// Columns that may name one another's past: types are taken as missing, which suits all, and
  /// found anew until they stay.
  private mutating func compile(panel table: Int, _ columns: [Int]) throws(DataError) {
    for _ in 0..<8 {
      let before = model.tables[table].columns.map(\.type)
      for column in columns { try compile(column: .init(table: table, column: column)) }
      if model.tables[table].columns.map(\.type) == before { return }
    }
    throw nodes.problem(
      "the types of the columns of `\(model.tables[table].name)` cannot be found",
      declarations.tables[table].node, "Give each column a first value of its type.")
  }

  private mutating func compile(column place: StructuralModel.Place) throws(DataError) {
    guard let formula = made[place] else { return }
    let (maker, type) = try compiled(formula, table: place.table)
    model.tables[place.table].columns[place.column].maker = maker
    model.tables[place.table].columns[place.column].type = type
    model.scope.tables[place.table].columns[place.column].type = type
    if model.column(place).decimals != nil, type != .number {
      throw formula.place.error(
        "`\(model.name(of: place))` is \(type.words) and has no decimals",
        remedy: "Take `decimals` out.")
    }
  }

  private func compiled(
    _ made: StructuralDeclarations.Made, table: Int
  ) throws(DataError) -> (StructuralModel.Maker, FormulaType) {
    switch made.formula {
    case .value(let expression):
      let formula = try CompiledFormula(expression, in: model.scope(of: table))
      return (.value(formula), formula.type)
    case .draw(let call):
      let draw = try CompiledDraw(call, in: model.scope(of: table))
      return (.draw(draw), draw.type)
    }
  }
}
