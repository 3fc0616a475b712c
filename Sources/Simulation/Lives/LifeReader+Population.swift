// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

extension LifeReader {
  /// Reads `population:`, tables that come from files.
  mutating func read(population node: Node) throws(DataError) {
    let example =
      "Write `population: {person: {file: people.csv, key: id}, household: {file: homes.csv, key: hh}, link: person.hh}`."
    var links: [(key: Node, value: Node?)] = []
    for (key, value) in try nodes.mapping(node, "population", example) {
      let name = key.string ?? ""
      if name == "link" {
        links.append((value, nil))
        continue
      }
      guard !name.isEmpty, !name.contains("."), !name.contains("/"),
        !model.populations.contains(where: { $0.name == name })
      else { throw nodes.problem("a table has no name of its own", key, example) }
      var (file, id) = (value, Node?.none)
      if let fields = value.mapping {
        for (field, _) in fields where !["file", "key", "notes"].contains(field.string ?? "") {
          throw nodes.unknown(field, among: ["file", "key", "notes"])
        }
        guard let node = fields["file"] else {
          throw nodes.problem("table `\(name)` names no file", value, example)
        }
        (file, id) = (node, fields["key"])
      }
      try add(population: name, file: file, id: id)
    }
    guard !model.populations.isEmpty else {
      throw nodes.problem("`population` names no table", node, example)
    }
    for (key, value) in links { try add(link: key, to: value) }
  }

  private mutating func add(population name: String, file node: Node, id: Node?) throws(DataError) {
    let (table, schema) = try located(node) { () throws(DataError) in
      try files.file(named: node.string ?? "")
    }
    var columns = FormulaScope.Table(table, schema: schema).columns
    var rows = table
    var idColumn = "\(name)_id"
    if let id {
      idColumn = id.string ?? ""
      guard table.column(named: idColumn) != nil else {
        throw nodes.problem(
          "the file has no column `\(idColumn)`", id,
          Suggestion.remedy(for: idColumn, among: table.columnNames))
      }
    } else if table.column(named: idColumn) == nil {
      let numbers = Column(
        name: idColumn, values: .wholeNumbers((0..<table.rowCount).map { Int64($0 + 1) }),
        form: .number(NumberForm()))
      rows = Table(name: table.name, columns: [numbers] + table.columns, rowCount: table.rowCount)
      columns.insert(.init(name: idColumn, type: .whole), at: 0)
    }
    // An id is what it is, whatever a schema takes its codes for.
    for index in columns.indices where columns[index].name == idColumn {
      columns[index].type =
        if case .texts? = rows.column(named: idColumn)?.values { .text } else { .whole }
    }
    model.populations.append(
      .init(name: name, columns: columns, idColumn: idColumn, table: rows, file: node.string))
  }

  /// Reads `tables:`, which formulas make.
  mutating func read(tables node: Node, seed: Node?) throws(DataError) {
    var mapping = Node.Mapping([(Node("tables"), node)])
    if let seed { mapping["seed"] = seed }
    var declarations = try StructuralDeclarations(mapping, nodes)
    let day = model.periods.firstDay(of: model.periods.range.lowerBound)
    for parameter in model.parameters {
      if case .number(let literal) = try parameter.value(on: day) {
        declarations.parameters.append((parameter.name, literal))
      }
    }
    let maker = try StructuralReader(declarations).model
    model.maker = maker
    for (index, table) in maker.tables.enumerated() {
      guard table.periods == nil else {
        throw nodes.problem(
          "table `\(table.name)` has periods of its own", node,
          "Take `periods` out of the table: the model has its own.")
      }
      var columns = table.columns.map { FormulaScope.Column(name: $0.name, type: $0.type) }
      let id = "\(table.name)_id"
      if !columns.contains(where: { $0.name == id }) {
        columns.insert(.init(name: id, type: .whole), at: 0)
      }
      model.populations.append(.init(name: table.name, columns: columns, idColumn: id))
      if let parent = table.parent {
        let name = maker.tables[parent].name
        model.links.append(
          .init(child: index, parent: parent, column: "\(name)_id", name: name))
      }
    }
  }

  /// Reads `links:`, as `{person.hh: household, person.mother: person}`.
  mutating func read(links node: Node) throws(DataError) {
    let example = "Write `links: {person.hh: household, person.mother: person}`."
    for (key, value) in try nodes.mapping(node, "links", example) { try add(link: key, to: value) }
  }

  private mutating func add(link node: Node, to goal: Node?) throws(DataError) {
    let (child, column) = try place(node)
    let parent: Int
    if let goal {
      parent = try table(goal)
    } else if model.populations.count == 2 {
      parent = 1 - child
    } else {
      throw nodes.problem(
        "nothing says which table `link` leads to", node, "Write `links: {person.hh: household}`.")
    }
    let isOwn = parent == child
    let name =
      isOwn || model.links.contains(where: { $0.child == child && $0.parent == parent })
      ? column : model.populations[parent].name
    // A link to one's own kind may start empty: pairs and births fill it.
    guard isOwn || model.populations[child].columns.contains(where: { $0.name == column }) else {
      throw nodes.problem(
        "table `\(model.populations[child].name)` has no column `\(column)`", node,
        Suggestion.remedy(for: column, among: model.populations[child].columns.map(\.name)))
    }
    model.links.append(.init(child: child, parent: parent, column: column, name: name))
  }

  /// Reads `lookups:`, tables that formulas ask by `table(name, keys…)` and alignments by name.
  mutating func read(lookups node: Node) throws(DataError) {
    let example = "Write `lookups: {mortality: mortality.csv}`."
    for (key, value) in try nodes.mapping(node, "lookups", example) {
      let name = key.string ?? ""
      guard !name.isEmpty, !name.contains("#") else {
        throw nodes.problem("a look-up table has no name", key, example)
      }
      let table = try located(value) { () throws(DataError) in
        try files.file(named: value.string ?? "").table
      }
      try add(lookup: name, table)
    }
  }

  private mutating func add(lookup name: String, _ table: Table) throws(DataError) {
    model.lookups[name] = try LookupTable(table)
    // Beside the values, which row it is: an alignment works cell by cell.
    let numbers = Column(
      name: "cell", values: .wholeNumbers((0..<table.rowCount).map { Int64($0) }),
      form: .number(NumberForm()))
    model.lookups["\(name)#cell"] = try LookupTable(
      Table(name: table.name, columns: table.columns.dropLast() + [numbers]))
    lookupKeys[name] = table.columnNames
  }

  /// An error of a file, told where the model names it.
  private func located<Value>(
    _ node: Node, _ body: () throws(DataError) -> Value
  ) throws(DataError) -> Value {
    do {
      return try body()
    } catch {
      throw nodes.problem(
        "\(node.string ?? ""): \(error.message)", node, error.remedy)
    }
  }
}
