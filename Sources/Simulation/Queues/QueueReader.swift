// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Reads a queue model from YAML.
struct QueueReader {
  private static let keys = [
    "simulate", "seed", "parameters", "resources", "arrivals", "path", "until", "run", "record",
    "scenarios", "purpose", "notes",
  ]

  let nodes: ModelNodes
  private(set) var model = QueueModel()

  init(_ root: Node.Mapping, _ nodes: ModelNodes) throws(DataError) {
    self.nodes = nodes
    for (key, _) in root where !Self.keys.contains(key.string ?? "") {
      throw nodes.unknown(key, among: Self.keys)
    }
    for name in ["resources", "arrivals", "path", "until"] where root[name] == nil {
      throw DataError(
        "the model names no `\(name)`", file: nodes.file, line: 1, position: 1,
        remedy: "A queue has `resources:`, `arrivals:`, `path:` and `until:`.")
    }
    var parameters: [(name: String, value: Expression.Literal)] = []
    if let node = root["parameters"] {
      for (key, value) in try nodes.mapping(node, "parameters", "Write `parameters: {nurses: 2}`.")
      {
        let name = key.string ?? ""
        guard !name.isEmpty, !parameters.contains(where: { $0.name == name }) else {
          throw nodes.problem("a parameter has no name of its own", key, "Name each once.")
        }
        parameters.append((name, try literal(value, name)))
      }
    }
    try read(root, parameters)
    if let node = root["scenarios"] {
      for scenario in try ModelScenario.all(node, nodes) {
        if let (key, _) = scenario.settings.first {
          throw nodes.problem("a queue has no columns to set", key, "Change `parameters`.")
        }
        let nodes = nodes
        let changed = try scenario.applied(to: parameters, nodes) {
          (node, name) throws(DataError) in
          try QueueReader.literal(node, name, nodes)
        }
        var reader = self
        reader.model = QueueModel()
        try reader.read(root, changed)
        model.scenarios.append((scenario.name, reader.model))
      }
    }
  }

  private func literal(_ node: Node, _ name: String) throws(DataError) -> Expression.Literal {
    try Self.literal(node, name, nodes)
  }

  private static func literal(
    _ node: Node, _ name: String, _ nodes: ModelNodes
  ) throws(DataError) -> Expression.Literal {
    let number = try nodes.number(node, name)
    return node.string.flatMap { Int64($0) }.map { .whole($0) } ?? .number(number)
  }

  private mutating func read(
    _ root: Node.Mapping, _ parameters: [(name: String, value: Expression.Literal)]
  ) throws(DataError) {
    model.parameters = parameters
    model.seed = root["seed"]?.string
    if let node = root["until"] { model.until = try nodes.number(node, "until", 1e-9...1e12) }
    if let node = root["run"] {
      for (key, value) in try nodes.mapping(node, "run", "Write `run: {replications: 20}`.") {
        guard key.string == "replications" else {
          throw nodes.unknown(key, among: ["replications"])
        }
        model.replications = try nodes.whole(value, "replications", 1...1_000_000)
      }
    }
    if let node = root["record"] {
      for (key, value) in try nodes.mapping(node, "record", "Write `record: {events: false}`.") {
        switch key.string ?? "" {
        case "events": model.isLogged = try nodes.flag(value, "events")
        case "visits": model.hasVisits = try nodes.flag(value, "visits")
        case "customers": model.hasCustomers = try nodes.flag(value, "customers")
        case "from":
          guard model.until > 0 else { break }
          model.from = try nodes.number(value, "from", 0...model.until * (1 - 1e-9))
        default: throw nodes.unknown(key, among: ["events", "visits", "customers", "from"])
        }
      }
    }
    if let node = root["resources"] { try read(resources: node) }
    if let node = root["arrivals"] { try read(arrivals: node) }
    if let node = root["path"] { try read(paths: node) }
  }

  // MARK: Resources

  /// A whole number, or a parameter that is one.
  private func count(_ node: Node, _ what: String) throws(DataError) -> Int {
    if let parameter = model.parameters.first(where: { $0.name == node.string }) {
      guard case .whole(let value) = parameter.value, (0...1_000_000).contains(value) else {
        throw nodes.problem(
          "`\(parameter.name)` is no number of \(what)", node, "Give it a whole number from 0 on.")
      }
      return Int(value)
    }
    return try nodes.whole(node, what, 0...1_000_000)
  }

  private mutating func read(resources node: Node) throws(DataError) {
    let example = "Write `nurse: {servers: 2}` or `nurse: {shifts: {0: 1, 8: 2}, cycle: 24}`."
    for (key, value) in try nodes.mapping(node, "resources", example) {
      let name = key.string ?? ""
      guard !name.isEmpty, !model.resources.contains(where: { $0.name == name }) else {
        throw nodes.problem("a resource has no name of its own", key, example)
      }
      var resource = QueueModel.Resource(name: name, shifts: [(0, 1)])
      for (field, content) in try nodes.mapping(value, name, example) {
        switch field.string ?? "" {
        case "servers": resource.shifts[0].servers = try count(content, "servers")
        case "cycle": resource.cycle = try nodes.number(content, "cycle", 1e-6...1e12)
        case "shifts":
          for (time, servers) in try nodes.mapping(content, "shifts", example) {
            let moment = try nodes.number(time, "shifts", 0...1e12)
            let number = try count(servers, "servers")
            if moment == 0 {
              resource.shifts[0].servers = number
            } else {
              resource.shifts.append((moment, number))
            }
          }
          resource.shifts.sort { $0.time < $1.time }
        case "notes": break
        default: throw nodes.unknown(field, among: ["servers", "shifts", "cycle", "notes"])
        }
      }
      if let cycle = resource.cycle {
        guard let last = resource.shifts.last, last.time < cycle, model.until / cycle < 1e7 else {
          throw nodes.problem(
            "the shifts do not fit into the cycle, or it comes too often", value, example)
        }
      }
      model.resources.append(resource)
    }
  }

  private func resource(_ node: Node) throws(DataError) -> Int {
    guard let index = model.resources.firstIndex(where: { $0.name == node.string }) else {
      throw nodes.problem(
        "there is no resource `\(node.string ?? "")`", node,
        Suggestion.remedy(for: node.string ?? "", among: model.resources.map(\.name)))
    }
    return index
  }

  // MARK: Arrivals

  private func maker(
    _ node: Node, _ what: String, _ scope: FormulaScope
  ) throws(DataError) -> (QueueModel.Maker, FormulaType) {
    switch try nodes.formula(node, what).formula {
    case .value(let expression):
      let formula = try CompiledFormula(expression, in: scope)
      return (.value(formula), formula.type)
    case .draw(let call):
      let draw = try CompiledDraw(call, in: scope)
      return (.draw(draw), draw.type)
    }
  }

  private func numeric(
    _ node: Node, _ what: String, _ scope: FormulaScope
  ) throws(DataError) -> QueueModel.Maker {
    let (maker, type) = try maker(node, what, scope)
    guard type.isNumeric else {
      throw nodes.problem("`\(what)` is \(type.words)", node, "Write a number or a draw of one.")
    }
    return maker
  }

  private mutating func read(arrivals node: Node) throws(DataError) {
    let example = "Write `patient: {every: \"~ exponential(mean = 4)\"}`, or `rate: {0: 2, 8: 5}`."
    for (key, value) in try nodes.mapping(node, "arrivals", example) {
      let name = key.string ?? ""
      guard !name.isEmpty, !name.contains("/"), !model.kinds.contains(where: { $0.name == name }),
        !["visits", "events", "summary"].contains(name)
      else { throw nodes.problem("a kind of customer has no name of its own", key, example) }
      var kind = QueueModel.Kind(name: name)
      kind.scope = FormulaScope(
        tables: [FormulaScope.Table(name: name, columns: [])],
        parameters: Dictionary(
          model.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
      let fields = try nodes.mapping(value, name, example)
      for (field, content) in fields {
        switch field.string ?? "" {
        case "every": kind.every = try numeric(content, "every", kind.scope)
        case "cycle": kind.cycle = try nodes.number(content, "cycle", 1e-6...1e12)
        case "rate":
          if content.mapping == nil {
            kind.rates = [(0, try nodes.number(content, "rate", 0...1e9))]
          } else {
            for (time, rate) in try nodes.mapping(content, "rate", example) {
              kind.rates.append(
                (try nodes.number(time, "rate", 0...1e12), try nodes.number(rate, "rate", 0...1e9)))
            }
            kind.rates.sort { $0.time < $1.time }
          }
        case "set":
          for (key, value) in try nodes.mapping(content, "set", example) {
            let attribute = key.string ?? ""
            guard !attribute.isEmpty, !kind.attributes.contains(where: { $0.name == attribute })
            else { throw nodes.problem("a column has no name of its own", key, "Name each once.") }
            let (maker, type) = try maker(value, attribute, kind.scope)
            kind.attributes.append((attribute, maker, type))
            kind.scope.tables[0].columns.append(.init(name: attribute, type: type))
          }
        case "notes": break
        default: throw nodes.unknown(field, among: ["every", "rate", "cycle", "set", "notes"])
        }
      }
      guard (kind.every == nil) != kind.rates.isEmpty else {
        throw nodes.problem("arrivals have neither `every` nor `rate`, or both", value, example)
      }
      if let cycle = kind.cycle, let last = kind.rates.last, last.time >= cycle {
        throw nodes.problem("the rates do not fit into the cycle", value, example)
      }
      model.kinds.append(kind)
    }
  }

  // MARK: Paths

  private mutating func read(paths node: Node) throws(DataError) {
    let example =
      "Write `patient: [{seize: nurse}, {hold: \"~ exponential(mean = 6)\"}, {release: nurse}]`."
    for (key, value) in try nodes.mapping(node, "path", example) {
      guard let kind = model.kinds.firstIndex(where: { $0.name == key.string }) else {
        throw nodes.problem(
          "there are no arrivals of `\(key.string ?? "")`", key,
          Suggestion.remedy(for: key.string ?? "", among: model.kinds.map(\.name)))
      }
      guard let list = value.sequence, !list.isEmpty else {
        throw nodes.problem("a path holds no list", value, example)
      }
      for (index, entry) in list.enumerated() {
        model.kinds[kind].path.append(try step(entry, kind, index, list.count, example))
      }
    }
    for kind in model.kinds.indices {
      model.kinds[kind].goesBack = model.kinds[kind].path.enumerated().contains { index, step in
        guard case .branch(let goals) = step else { return false }
        return goals.contains { $0.goal.map { $0 <= index } ?? false }
      }
    }
    for kind in model.kinds where kind.path.isEmpty {
      throw nodes.problem("`\(kind.name)` has no path", node, example)
    }
  }

  private func step(
    _ node: Node, _ kind: Int, _ index: Int, _ count: Int, _ example: String
  ) throws(DataError) -> QueueModel.Step {
    let scope = model.kinds[kind].scope
    let fields = try nodes.mapping(node, "path", example)
    let verbs = ["seize", "hold", "release", "branch", "gather"]
    let more = ["priority", "gives_up_after", "most_waiting"]
    guard let verb = fields.first(where: { verbs.contains($0.key.string ?? "") }) else {
      let key = fields.first?.key ?? node
      throw nodes.unknown(key, among: verbs)
    }
    for (key, _) in fields where key != verb.key {
      guard verb.key.string == "seize", more.contains(key.string ?? "") else {
        throw nodes.unknown(key, among: verb.key.string == "seize" ? more : verbs)
      }
    }
    switch verb.key.string ?? "" {
    case "seize":
      var priority: CompiledFormula?
      if let node = fields["priority"] {
        let formula = try CompiledFormula(try nodes.expression(node, "priority"), in: scope)
        guard formula.type.isNumeric || formula.type == .boolean else {
          throw nodes.problem(
            "`priority` is \(formula.type.words)", node, "Write a number; the highest comes first.")
        }
        priority = formula
      }
      return .seize(
        try resource(verb.value), priority: priority,
        patience: try fields["gives_up_after"].map { (node) throws(DataError) in
          try numeric(node, "gives_up_after", scope)
        },
        most: try fields["most_waiting"].map { (node) throws(DataError) in
          try self.count(node, "most_waiting")
        })
    case "hold": return .hold(try numeric(verb.value, "hold", scope))
    case "release": return .release(try resource(verb.value))
    case "gather": return .gather(try nodes.whole(verb.value, "gather", 1...1_000_000))
    default:
      let advice = "Write `branch: {0.2: back(2), 0.8: leave}`; or `ahead(1)`."
      var goals: [(probability: Double, goal: Int?)] = []
      for (key, value) in try nodes.mapping(verb.value, "branch", advice) {
        let probability = try nodes.number(key, "branch", 0...1)
        goals.append((probability, try goal(value, index, count, advice)))
      }
      guard (goals.reduce(0) { $0 + $1.probability } - 1).magnitude < 1e-9 else {
        throw nodes.problem("the probabilities do not add up to 1", verb.value, advice)
      }
      return .branch(goals)
    }
  }

  private func goal(
    _ node: Node, _ index: Int, _ count: Int, _ advice: String
  ) throws(DataError) -> Int? {
    let text = node.string ?? ""
    if text == "leave" { return nil }
    if text == "continue" { return index + 1 }
    for (word, sign) in [("back(", -1), ("ahead(", 1)]
    where text.hasPrefix(word) && text.hasSuffix(")") {
      if let steps = Int(text.dropFirst(word.count).dropLast()), steps >= 1,
        (0...count).contains(index + sign * steps)
      {
        return index + sign * steps
      }
    }
    throw nodes.problem("`\(text)` leads nowhere in this path", node, advice)
  }
}
