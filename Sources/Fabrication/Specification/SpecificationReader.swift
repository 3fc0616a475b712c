// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Reads a specification from YAML and finds an order in which everything can be made.
///
/// A formula can be checked once all it names is known. What cannot be checked yet waits, and is tried
/// again after the rest, so that a table may name tables further down, and a parent may add up its
/// children. What still fails when nothing moves any more is an error.
struct SpecificationReader {
  let file: SpecificationFile
  private(set) var seed: String?
  private(set) var tables: [Specification.TableSpecification] = []
  private(set) var steps: [Specification.Step] = []
  private(set) var groups: [RuleGroup] = []
  /// The place of each slot's column, by table.
  private var places: [[Int]] = []
  private var scope = FormulaScope(tables: [.init(columns: [])])
  private var waiting: [Task] = []

  private enum Task {
    case rows(table: Int, TableNode)
    case column(table: Int, place: Int, key: Node, value: Node)
  }

  private var nodes: [TableNode] = []

  private let inputs: SpecificationInputs

  private static let keys = ["fabricate", "seed", "tables"] + TableNode.commonKeys

  init(file: SpecificationFile, inputs: SpecificationInputs) {
    self.file = file
    self.inputs = inputs
  }

  mutating func read(_ text: String) throws(DataError) {
    let root = try file.root(of: text)
    var tableNode: Node?
    for (key, value) in root.mapping ?? Node.Mapping([]) {
      switch key.string ?? "" {
      case "fabricate":
        guard value.string == "1" else {
          throw file.problem("this version is not known", value, "Write `fabricate: 1`.")
        }
      case "seed": seed = value.string
      case "tables": tableNode = value
      case let name where TableNode.commonKeys.contains(name): break
      default: throw file.unknown(key, among: Self.keys)
      }
    }
    if let tableNode {
      guard root["columns"] == nil, root["rows"] == nil else {
        throw file.problem(
          "there is `tables` beside `rows` or `columns`", tableNode,
          "Put them into one of the tables.")
      }
      guard let named = tableNode.mapping, !named.isEmpty else {
        throw file.problem(
          "`tables` holds no mapping", tableNode, "Write one table name a line, then its keys.")
      }
      for (key, value) in named { nodes.append(try TableNode(file, name: key, value)) }
    } else {
      nodes = [try TableNode(file, lone: root)]
    }
    try readTables()
    for (table, node) in nodes.enumerated() {
      tables[table].correlated = try CorrelationReader(file: file).groups(node, of: tables[table])
    }
    try readRules()
    for table in nodes.indices where nodes[table].cover != nil {
      tables[table] = try DesignReader(file: file).adding(
        nodes[table], types: scope.tables[table].columns, to: tables[table])
    }
  }

  private mutating func readRules() throws(DataError) {
    var order = StepOrder(tables, places: places)
    for (table, node) in nodes.enumerated() {
      var own = scope
      own.current = table
      let rules = try RuleReader(file: file, scope: own).rules(of: node)
      for block in tables[table].handmade.blocks.indices {
        try resolve(&tables[table].handmade.blocks[block], rules)
      }
      try order.add(rules, of: table, made: steps)
    }
    steps = try order.steps(steps)
    groups = order.groups
  }

  /// Turns numbers of the rules that rows break into names, and checks that there are such rules.
  private func resolve(
    _ block: inout HandmadeRows.Block, _ rules: [RowRule]
  ) throws(DataError) {
    for (place, name) in block.breaks.enumerated() {
      if rules.contains(where: { $0.name == name }) { continue }
      guard let number = Int(name), rules.indices.contains(number - 1) else {
        throw block.places[0].error(
          "there is no rule `\(name)` to break",
          remedy: Suggestion.remedy(
            for: name, among: rules.map(\.name), otherwise: "Add it under `rules:`."))
      }
      block.breaks[place] = rules[number - 1].name
    }
  }

  private mutating func readTables() throws(DataError) {
    let names = nodes.map(\.name)
    scope = FormulaScope(tables: names.map { .init(name: $0, columns: []) })
    places = names.map { _ in [] }
    let populations = try PublishedReader(file: file, table: inputs.published).populations(nodes)
    for (table, node) in nodes.enumerated() {
      guard names.firstIndex(of: node.name) == table else {
        throw file.problem(
          "table `\(node.name)` comes twice", node.node, "Give each table a name of its own.")
      }
      var specification = Specification.TableSpecification(
        name: node.name, rowCount: node.rowCount ?? 100, key: node.key)
      specification.columns = try node.columnNames(file).map {
        Specification.Column(name: $0, maker: .sequence(start: 1, step: 1))
      }
      for name in node.key where !specification.columns.contains(where: { $0.name == name }) {
        throw file.problem(
          "the key names no column `\(name)`", node.keyNode ?? node.node,
          Suggestion.remedy(for: name, among: specification.columns.map(\.name)))
      }
      specification.handmade = try HandmadeReader(file: file).rows(
        node, columns: specification.columns.map(\.name), files: inputs.rows)
      if let population = populations[table] {
        specification.published = population
        if nodes[table].rowCount == nil {
          specification.rowCount = Int(min(population.total.rounded(), 1e9))
        }
      }
      if specification.handmade.count > 0 {
        let count = specification.handmade.count
        if let rows = node.rowCount, rows < count {
          throw file.problem(
            "`rows` is less than the \(count) rows made by hand", node.node,
            "Ask for \(count) or more, or leave `rows` out.")
        }
        specification.rowCount = node.rowCount ?? count
      }
      tables.append(specification)
      waiting.append(.rows(table: table, node))
      for (place, (key, value)) in node.columns.enumerated() {
        waiting.append(.column(table: table, place: place, key: key, value: value))
      }
    }
    while !waiting.isEmpty {
      var later: [Task] = []
      var firstError: DataError?
      for task in waiting {
        do {
          try perform(task)
        } catch {
          firstError = firstError ?? error
          later.append(task)
        }
      }
      if let firstError, later.count == waiting.count { throw firstError }
      waiting = later
    }
  }

  private mutating func perform(_ task: Task) throws(DataError) {
    switch task {
    case .rows(let table, let node):
      let reader = ParentReader(file: file, scope: scope, tables: tables)
      let parents = try reader.parents(of: table, node)
      for parent in parents {
        guard parent.table == table || steps.contains(.rows(parent.table)) else {
          throw file.problem(
            "tables `\(node.name)` and `\(tables[parent.table].name)` wait for each other",
            node.node, "Let one of them do without the other as its parent.")
        }
      }
      tables[table].parents = parents
      tables[table].distinctParents = reader.distinctParents(parents, node)
      tables[table].firstLink = scope.links.count
      scope.links += parents.map { .init(child: table, parent: $0.table, name: $0.name) }
      steps.append(.rows(table))
    case .column(let table, let place, let key, let value):
      guard steps.contains(.rows(table)) else {
        throw file.problem(
          "the rows of table `\(tables[table].name)` are not known", key,
          "Mend its `parents:` first.")
      }
      var own = scope
      own.current = table
      let reader = ColumnReader(
        file: file, scope: own, parents: tables[table].parents.map(\.name),
        published: tables[table].published, points: nodes[table].points, inputs: inputs)
      var (column, type) = try reader.column(named: tables[table].columns[place].name, value)
      let handmade = HandmadeReader(file: file)
      column.given = try handmade.cells(tables[table].handmade.typed, of: column.name, type)
      column.scenarios = try handmade.makers(nodes[table], of: column.name, type, reader)
      column.type = type
      column.slot = places[table].count
      places[table].append(place)
      tables[table].columns[place] = column
      scope.tables[table].columns.append(.init(name: column.name, type: type))
      steps.append(.column(table: table, place))
    }
  }
}
