// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Reads an agent model from YAML.
struct AgentReader {
  private static let keys = [
    "simulate", "seed", "parameters", "space", "agents", "each_step", "steps", "run", "record",
    "scenarios", "purpose", "notes",
  ]

  /// Names that formulas have already.
  private static let reserved = [
    "x", "y", "step", "mine", "other", "them", "dx", "dy", "distance",
  ]

  let nodes: ModelNodes
  var model = AgentModel()

  init(_ root: Node.Mapping, _ nodes: ModelNodes) throws(DataError) {
    self.nodes = nodes
    for (key, _) in root where !Self.keys.contains(key.string ?? "") {
      throw nodes.unknown(key, among: Self.keys)
    }
    for name in ["space", "agents", "each_step", "steps"] where root[name] == nil {
      throw DataError(
        "the model names no `\(name)`", file: nodes.file, line: 1, position: 1,
        remedy: "Agents need `space:`, `agents:`, `each_step:` and `steps:`.")
    }
    var parameters: [(name: String, value: Double)] = []
    if let node = root["parameters"] {
      for (key, value) in try nodes.mapping(node, "parameters", "Write `parameters: {wanted: 3}`.")
      {
        let name = key.string ?? ""
        guard !name.isEmpty, !parameters.contains(where: { $0.name == name }),
          !Self.reserved.contains(name)
        else { throw nodes.problem("a parameter has no name of its own", key, "Name each once.") }
        parameters.append((name, try nodes.number(value, name)))
      }
    }
    try read(root, parameters)
    guard let node = root["scenarios"] else { return }
    for scenario in try ModelScenario.all(node, nodes) {
      if let (key, _) = scenario.settings.first {
        throw nodes.problem(
          "agents have no columns to set from outside", key, "Change `parameters`.")
      }
      let nodes = nodes
      let changed = try scenario.applied(to: parameters, nodes) {
        (node, name) throws(DataError) in try nodes.number(node, name)
      }
      var reader = self
      reader.model = AgentModel()
      try reader.read(root, changed)
      model.scenarios.append((scenario.name, reader.model))
    }
  }

  private mutating func read(
    _ root: Node.Mapping, _ parameters: [(name: String, value: Double)]
  ) throws(DataError) {
    model.parameters = parameters
    model.seed = root["seed"]?.string
    model.purpose = root["purpose"]?.string ?? ""
    if let node = root["steps"] { model.steps = try nodes.whole(node, "steps", 1...1_000_000) }
    if let node = root["run"] {
      for (key, value) in try nodes.mapping(node, "run", "Write `run: {replications: 20}`.") {
        guard key.string == "replications" else {
          throw nodes.unknown(key, among: ["replications"])
        }
        model.replications = try nodes.whole(value, "replications", 1...100_000)
      }
    }
    if let node = root["space"] { try read(space: node) }
    if let node = root["agents"] { try read(agents: node) }
    if let node = root["each_step"] { try read(rules: node) }
    if let node = root["record"] { try read(record: node) }
  }

  private mutating func read(space node: Node) throws(DataError) {
    let example = "Write `space: {grid: [40, 40], wrap: false, one_per_cell: true}`."
    let fields = try nodes.mapping(node, "space", example)
    if let plane = fields["plane"] { return try read(plane: plane, fields, node) }
    if let network = fields["network"] {
      guard fields.count == 1 else {
        throw nodes.problem("a grid and a network stand side by side", node, example)
      }
      model.contacts = try nodes.contacts(
        network, "Write `space: {network: \"small_world(8, 0.1)\"}`, or `ring(8)`.")
      return
    }
    for (key, value) in fields {
      switch key.string ?? "" {
      case "grid":
        guard let sizes = value.sequence, sizes.count == 2 else {
          throw nodes.problem("`grid` holds no width and height", value, example)
        }
        model.width = try nodes.whole(sizes[0], "grid", 1...AgentModel.cellLimit)
        model.height = try nodes.whole(sizes[1], "grid", 1...AgentModel.cellLimit)
        guard model.width * model.height <= AgentModel.cellLimit else {
          throw nodes.problem(
            "the grid has more than \(AgentModel.cellLimit) cells", value, "Make it smaller.")
        }
      case "wrap": model.wraps = try nodes.flag(value, "wrap")
      case "one_per_cell": model.onePerCell = try nodes.flag(value, "one_per_cell")
      default:
        throw nodes.unknown(key, among: ["grid", "wrap", "one_per_cell", "network", "plane"])
      }
    }
  }

  // MARK: Kinds

  private mutating func read(agents node: Node) throws(DataError) {
    let example =
      "Write `household: {rows: 1000, place: random_empty, columns: {group: \"~ categorical(a = 1, b = 1)\"}}`."
    for (key, value) in try nodes.mapping(node, "agents", example) {
      let name = key.string ?? ""
      guard !name.isEmpty, !name.contains("/"), !name.contains("."),
        !["model", "order"].contains(name), !model.kinds.contains(where: { $0.name == name })
      else { throw nodes.problem("a kind of agent has no name of its own", key, example) }
      var kind = AgentModel.Kind(name: name)
      var columns: Node?
      for (field, content) in try nodes.mapping(value, name, example) {
        switch field.string ?? "" {
        case "rows": kind.rows = try rows(content)
        case "place":
          guard let place = AgentModel.Place(rawValue: content.string ?? "") else {
            throw nodes.problem(
              "there is no place `\(content.string ?? "")`", content,
              Suggestion.remedy(
                for: content.string ?? "", among: AgentModel.Place.allCases.map(\.rawValue)))
          }
          kind.place = place
        case "columns": columns = content
        case "notes": break
        default: throw nodes.unknown(field, among: ["rows", "place", "columns", "notes"])
        }
      }
      if model.onePerCell, kind.place == .random { kind.place = .randomEmpty }
      if model.plane != nil, kind.place != .random {
        throw nodes.problem(
          "a plane has no cells to place agents in", value,
          "Write `place: random`, or leave it out.")
      }
      if let columns { try read(columns: columns, &kind, example) }
      model.kinds.append(kind)
    }
    if let contacts = model.contacts { try layOut(contacts, node) }
    let total = model.kinds.reduce(0) {
      $0 + ($1.place == .everyCell ? model.width * model.height : $1.rows)
    }
    guard total <= (model.onePerCell ? model.width * model.height : AgentModel.agentLimit) else {
      throw nodes.problem(
        "there are more agents than \(model.onePerCell ? "cells" : "\(AgentModel.agentLimit)")",
        node, "Make `rows` smaller or the grid larger.")
    }
  }

  /// Puts the agents of a network side by side, one a node.
  private mutating func layOut(
    _ contacts: PopulationModel.Contacts, _ node: Node
  ) throws(DataError) {
    guard model.kinds.count == 1, model.kinds[0].rows > contacts.degree,
      model.kinds[0].rows <= AgentModel.cellLimit
    else {
      throw nodes.problem(
        "a network has one kind of agents, more of them than each has neighbours", node,
        "Name one kind, with `rows:` above \(contacts.degree) and up to \(AgentModel.cellLimit).")
    }
    (model.width, model.height) = (model.kinds[0].rows, 1)
    model.kinds[0].place = .everyCell
  }

  private func rows(_ node: Node) throws(DataError) -> Int {
    if let parameter = model.parameters.first(where: { $0.name == node.string }),
      parameter.value >= 0, parameter.value <= Double(AgentModel.agentLimit)
    {
      return Int(parameter.value)
    }
    return try nodes.whole(node, "rows", 0...AgentModel.agentLimit)
  }

  private mutating func read(
    columns node: Node, _ kind: inout AgentModel.Kind, _ example: String
  ) throws(DataError) {
    var scope = FormulaScope(
      tables: [FormulaScope.Table(name: kind.name, columns: [])],
      parameters: Dictionary(
        model.parameters.map { ($0.name, .number($0.value)) },
        uniquingKeysWith: { first, _ in first }))
    for (key, value) in try nodes.mapping(node, "columns", example) {
      let name = key.string ?? ""
      guard !name.isEmpty, !Self.reserved.contains(name),
        !model.parameters.contains(where: { $0.name == name }),
        !kind.columns.contains(where: { $0.name == name })
      else { throw nodes.problem("a column has no name of its own", key, "Name each once.") }
      let maker: AgentModel.Maker
      let type: FormulaType
      switch try nodes.formula(value, name).formula {
      case .value(let expression):
        let formula = try CompiledFormula(expression, in: scope)
        (maker, type) = (.value(formula), formula.type)
      case .draw(let call):
        let draw = try CompiledDraw(call, in: scope)
        (maker, type) = (.draw(draw), draw.type)
      }
      switch type {
      case .category(let set):
        guard model.levels[name] == nil || model.levels[name] == set else {
          throw nodes.problem(
            "two kinds give `\(name)` other levels", value, "Take another name for one of them.")
        }
        model.levels[name] = set
      case .boolean: model.truths.insert(name)
      case .number, .whole: break
      default:
        throw nodes.problem(
          "`\(name)` is \(type.words)", value, "Agents have numbers, truth values and categories.")
      }
      scope.tables[0].columns.append(.init(name: name, type: type))
      let index = model.columns.firstIndex(of: name) ?? model.columns.count
      if index == model.columns.count { model.columns.append(name) }
      kind.columns.append((name, index, maker, type))
    }
  }

  private func kind(_ node: Node) throws(DataError) -> Int {
    guard let index = model.kinds.firstIndex(where: { $0.name == node.string }) else {
      throw nodes.problem(
        "there are no agents `\(node.string ?? "")`", node,
        Suggestion.remedy(for: node.string ?? "", among: model.kinds.map(\.name)))
    }
    return index
  }

  // MARK: Rules

  private mutating func read(rules node: Node) throws(DataError) {
    let example =
      "Write `household: [{when: \"count(neighbours(1)) < 2\", do: move(random_empty)}]`."
    for (key, value) in try nodes.mapping(node, "each_step", example) {
      if key.string == "order" {
        guard value.string == "random" else {
          throw nodes.problem("the order is not random", value, "Write `order: random`.")
        }
        continue
      }
      let kind = try kind(key)
      guard let list = value.sequence else {
        throw nodes.problem("the rules of `\(key.string ?? "")` are no list", value, example)
      }
      model.order.append(kind)
      for entry in list { model.kinds[kind].rules.append(try rule(entry, kind, example)) }
    }
  }

  private static let actions: [String: AgentRule.Action] = [
    "die": .die, "reproduce": .reproduce, "stay": .none,
    "move(random_empty)": .moveRandomEmpty, "move(random)": .moveRandom,
    "move(neighbour)": .moveNeighbour,
  ]

  private func rule(_ node: Node, _ kind: Int, _ example: String) throws(DataError) -> AgentRule {
    let known = ["when", "do", "set", "meet", "within", "where", "them", "set_them", "child"]
    let fields = try nodes.mapping(node, "each_step", example)
    for (key, _) in fields where !known.contains(key.string ?? "") {
      throw nodes.unknown(key, among: known)
    }
    let compiler = AgentCompiler(model: model)
    var rule = AgentRule()
    rule.text = fields.map { key, value in
      "\(key.string ?? "") \(value.string ?? value.mapping.map { $0.map { "\($0.key.string ?? "") := \($0.value.string ?? "")" }.joined(separator: ", ") } ?? "")"
    }.joined(separator: "; ")
    if let when = fields["when"] {
      rule.when = try compiler.condition(try nodes.expression(when, "when"))
    }
    if let meet = fields["meet"] {
      let within = try fields["within"].map { (node) throws(DataError) in try distance(node) }
      guard within != nil || model.plane == nil else {
        throw nodes.problem(
          "agents of a plane are never at the same point", meet, "Add `within: 2`, a distance.")
      }
      var condition: AgentProgram?
      if let node = fields["where"] {
        condition = AgentProgram(
          parts: [], main: try compiler.other(try nodes.expression(node, "where")))
      }
      rule.meet = (try self.kind(meet), within ?? 0, condition)
    } else if let stray = ["within", "where", "them", "set_them"].lazy.compactMap({ fields[$0] })
      .first
    {
      throw nodes.problem(
        "something is said of another, and nobody is met", stray, "Add `meet: sheep`.")
    }
    if let action = fields["do"] {
      let text = (action.string ?? "").filter { $0 != " " }
      let found: AgentRule.Action
      if model.plane != nil, text.hasPrefix("move") {
        found = try move(action, compiler, &rule)
      } else if let known = Self.actions[text] {
        found = known
      } else {
        throw nodes.problem(
          "agents cannot `\(action.string ?? "")`", action,
          Suggestion.remedy(for: text, among: Self.actions.keys.sorted()))
      }
      let moves: [AgentRule.Action] = [.moveRandom, .moveRandomEmpty, .moveNeighbour, .reproduce]
      guard model.contacts == nil || !moves.contains(found) else {
        throw nodes.problem(
          "agents of a network keep their node, and none is added", action,
          "Let them change by `set`, meet or die; or take a `grid`.")
      }
      rule.action = found
    }
    if let them = fields["them"] {
      guard them.string == "die" else {
        throw nodes.problem("others can only die", them, "Write `them: die`, or use `set_them`.")
      }
      rule.otherDies = true
    }
    if let node = fields["set"] { rule.settings = try settings(node, compiler) }
    if let node = fields["set_them"] { rule.othersSettings = try settings(node, compiler) }
    if let node = fields["child"] {
      guard rule.action == .reproduce else {
        throw nodes.problem("`child` stands without `do: reproduce`", node, "Add `do: reproduce`.")
      }
      rule.childSettings = try settings(node, compiler)
    }
    return rule
  }

  private func settings(
    _ node: Node, _ compiler: AgentCompiler
  ) throws(DataError) -> [(column: Int, program: AgentProgram)] {
    var settings: [(column: Int, program: AgentProgram)] = []
    for (key, value) in try nodes.mapping(node, "set", "Write `set: {energy: energy - 1}`.") {
      let name = key.string ?? ""
      guard let column = model.columns.firstIndex(of: name) else {
        throw nodes.problem(
          "agents have no column `\(name)`", key,
          Suggestion.remedy(
            for: name, among: model.columns, otherwise: "Declare it under `columns:` first."))
      }
      settings.append(
        (column, try compiler.value(try nodes.expression(value, name), for: name)))
    }
    return settings
  }

  // MARK: What is recorded

  private mutating func read(record node: Node) throws(DataError) {
    let example =
      "Write `record: {household: {every: 5, columns: [group]}, model: {happy: share(household, calm)}}`."
    let compiler = AgentCompiler(model: model)
    for (key, value) in try nodes.mapping(node, "record", example) {
      if key.string == "model" {
        for (name, formula) in try nodes.mapping(value, "model", example) {
          let program = try compiler.number(try nodes.expression(formula, name.string ?? ""))
          for part in program.parts {
            switch part {
            case .chance, .aggregate: break
            case .count, .near:
              throw nodes.problem(
                "a figure of the model has no neighbours", formula,
                "Take a number over all, as `mean(household.x)` or `count(sheep)`.")
            }
          }
          model.figures.append(.init(name: name.string ?? "", program: program))
        }
        continue
      }
      let kind = try kind(key)
      for (field, content) in try nodes.mapping(value, key.string ?? "", example) {
        switch field.string ?? "" {
        case "every": model.kinds[kind].every = try nodes.whole(content, "every", 1...1_000_000)
        case "columns":
          guard let list = content.sequence else {
            throw nodes.problem("`columns` holds no list", content, example)
          }
          model.kinds[kind].recorded = []
          for item in list {
            let name = item.string ?? ""
            guard model.kinds[kind].columns.contains(where: { $0.name == name }) else {
              throw nodes.problem(
                "there is no column `\(name)`", item,
                Suggestion.remedy(for: name, among: model.kinds[kind].columns.map(\.name)))
            }
            model.kinds[kind].recorded?.append(name)
          }
        case "also":
          for (name, formula) in try nodes.mapping(content, "also", example) {
            model.kinds[kind].also.append(
              (
                name.string ?? "",
                try compiler.number(try nodes.expression(formula, name.string ?? ""))
              ))
          }
        default: throw nodes.unknown(field, among: ["every", "columns", "also"])
        }
      }
    }
  }
}
