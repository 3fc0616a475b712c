// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Reads a model of populations from YAML.
struct PopulationReader {
  private static let keys = [
    "simulate", "seed", "start", "parameters", "transitions", "run", "record", "at", "when",
    "scenarios", "purpose", "notes",
  ]
  private static let transitionKeys = ["name", "from", "to", "change", "rate", "total_rate"]
  private static let runKeys = ["as", "on", "until", "step", "replications"]
  /// The most states, parameters or transitions; the most recorded rows.
  private static let partLimit = 10_000
  private static let rowLimit = 100_000_000.0

  let nodes: ModelNodes
  private(set) var model = PopulationModel()

  init(file: String) { nodes = ModelNodes(file: file) }

  mutating func read(_ text: String) throws(DataError) {
    try read(ModelSweep.expanded(nodes.root(of: text), nodes))
  }

  mutating func read(_ root: Node.Mapping) throws(DataError) {
    for (key, _) in root where !Self.keys.contains(key.string ?? "") {
      throw nodes.unknown(key, among: Self.keys)
    }
    guard let version = root["simulate"], version.string == "1" else {
      throw DataError(
        "the file does not say `simulate: 1`", file: nodes.file, line: 1, position: 1,
        remedy: "Write `simulate: 1` on its first line.")
    }
    guard let start = root["start"], let transitions = root["transitions"] else {
      throw DataError(
        "the model names no `\(root["start"] == nil ? "start" : "transitions")`", file: nodes.file,
        line: 1, position: 1,
        remedy: "Add `start: {S: 990, I: 10}` and `transitions:` with a list.")
    }
    model.seed = root["seed"]?.string
    try read(start: start)
    if let node = root["parameters"] { try read(parameters: node) }
    if let node = root["run"] { try read(run: node) }
    if let node = root["record"] { try read(record: node) }
    if let node = root["at"] { try read(settings: node) }
    if let node = root["when"] { try read(triggers: node) }
    if let node = root["scenarios"] {
      for scenario in try ModelScenario.all(node, nodes) {
        if let (key, _) = scenario.settings.first {
          throw nodes.problem(
            "a model of populations has no columns to set", key, "Change `parameters`.")
        }
        let nodes = nodes
        let parameters = try scenario.applied(to: model.parameters, nodes) {
          (node, name) throws(DataError) in try nodes.number(node, name)
        }
        model.scenarios.append((scenario.name, parameters))
      }
    }
    try read(transitions: transitions)
    try checkIndividuals(root)
    guard max(model.until, model.every) / model.step < 1e9 else {
      throw DataError(
        "the run has more than a thousand million steps", file: nodes.file, line: 1, position: 1,
        remedy: "Make `until` smaller or `step` larger.")
    }
    guard model.until / model.every * Double(model.replications) < Self.rowLimit else {
      throw DataError(
        "the run records more than 100 million rows", file: nodes.file, line: 1, position: 1,
        remedy: "Make `until` or `replications` smaller, or `record: {every: …}` larger.")
    }
  }

  mutating func setContacts(_ contacts: PopulationModel.Contacts) { model.contacts = contacts }

  private var names: [String] { model.states + ["N", "time"] + model.parameters.map(\.name) }

  private func fresh(_ key: Node, _ taken: [String]) throws(DataError) -> String {
    let name = key.string ?? ""
    guard !name.isEmpty, !taken.contains(name), name != "N", name != "time" else {
      throw nodes.problem(
        name.isEmpty ? "a name is missing" : "the name `\(name)` is taken", key,
        "Give it a name of its own; `N` is everybody and `time` is the time.")
    }
    guard taken.count < Self.partLimit else {
      throw nodes.problem("there are too many names", key, "Keep to \(Self.partLimit).")
    }
    return name
  }

  private mutating func read(start node: Node) throws(DataError) {
    for (key, value) in try nodes.mapping(node, "start", "Write `start: {S: 990, I: 10}`.") {
      let name = try fresh(key, model.states)
      model.states.append(name)
      model.start.append(try nodes.number(value, name, 0...1e15))
    }
  }

  private mutating func read(parameters node: Node) throws(DataError) {
    for (key, value) in try nodes.mapping(node, "parameters", "Write `parameters: {beta: 0.3}`.") {
      let name = try fresh(key, model.states + model.parameters.map(\.name))
      model.parameters.append((name, try nodes.number(value, name)))
    }
  }

  private mutating func read(run node: Node) throws(DataError) {
    for (key, value) in try nodes.mapping(node, "run", "Write `run: {as: exact, until: 100}`.") {
      switch key.string ?? "" {
      case "as":
        let name = value.string ?? ""
        guard let reading = PopulationModel.Reading(rawValue: name) else {
          throw nodes.problem(
            "there is no reading `\(name)`", value,
            Suggestion.remedy(for: name, among: PopulationModel.Reading.allCases.map(\.rawValue)))
        }
        model.reading = reading
      case "on": try read(contacts: value)
      case "until": model.until = try nodes.number(value, "until", 1e-9...1e9)
      case "step": model.step = try nodes.number(value, "step", 1e-9...1e9)
      case "replications":
        let count = try nodes.number(value, "replications", 1...1e7)
        guard count == count.rounded() else {
          throw nodes.problem("`replications` is no whole number", value, "Write a whole number.")
        }
        model.replications = Int(count)
      default: throw nodes.unknown(key, among: Self.runKeys)
      }
    }
  }

  private mutating func read(record node: Node) throws(DataError) {
    for (key, value) in try nodes.mapping(node, "record", "Write `record: {every: 1}`.") {
      guard key.string == "every" else { throw nodes.unknown(key, among: ["every"]) }
      model.every = try nodes.number(value, "every", 1e-9...1e9)
    }
  }

  private func state(_ node: Node) throws(DataError) -> Int {
    guard let index = model.states.firstIndex(of: node.string ?? "") else {
      let name = node.string ?? ""
      throw nodes.problem(
        "there is no state `\(name)`", node, Suggestion.remedy(for: name, among: model.states))
    }
    return index
  }

  private mutating func read(settings node: Node) throws(DataError) {
    for (key, value) in try nodes.mapping(node, "at", "Write `at: {25: {S: 50}}`.") {
      let time = try nodes.number(key, "at", 0...1e9)
      for (name, count) in try nodes.mapping(value, "at", "Write `at: {25: {S: 50}}`.") {
        model.settings.append(
          .init(time: time, state: try state(name), value: try nodes.number(count, "at", 0...1e15)))
      }
    }
    model.settings.sort { $0.time < $1.time }
  }

  private mutating func read(triggers node: Node) throws(DataError) {
    let example = "Write `when: [{if: I > 500, set: {I: 0}}]`."
    guard let list = node.sequence else {
      throw nodes.problem("`when` holds no list", node, example)
    }
    for entry in list {
      let fields = try nodes.mapping(entry, "when", example)
      for (key, _) in fields where key.string != "if" && key.string != "set" {
        throw nodes.unknown(key, among: ["if", "set"])
      }
      guard let condition = fields["if"], let set = fields["set"] else {
        throw nodes.problem("an entry of `when` lacks `if` or `set`", entry, example)
      }
      let expression = try nodes.expression(condition, "if")
      guard !expression.names.contains(["time"]) else {
        throw nodes.problem(
          "a condition asks for the time", condition,
          "Write `at: {25: {S: 50}}` for what happens at a moment.")
      }
      var trigger = PopulationModel.Trigger(
        settings: [], condition: try RateCompiler(names: names).condition(of: expression))
      for (name, count) in try nodes.mapping(set, "set", example) {
        trigger.settings.append((try state(name), try nodes.number(count, "set", 0...1e15)))
      }
      model.triggers.append(trigger)
    }
  }

  private mutating func read(transitions node: Node) throws(DataError) {
    guard let list = node.sequence, !list.isEmpty else {
      throw nodes.problem(
        "`transitions` holds no list", node, "Write `- {from: S, to: I, rate: beta}` a line.")
    }
    for entry in list { try read(transition: entry) }
  }

  private mutating func read(transition node: Node) throws(DataError) {
    let example = "Write `{from: S, to: I, rate: beta}` or `{change: {X: 1}, total_rate: 2}`."
    let fields = try nodes.mapping(node, "transitions", example)
    for (key, _) in fields where !Self.transitionKeys.contains(key.string ?? "") {
      throw nodes.unknown(key, among: Self.transitionKeys)
    }
    var changes = [Double](repeating: 0, count: model.states.count)
    var from: Int?
    if let node = fields["from"] {
      let index = try state(node)
      changes[index] -= 1
      from = index
    }
    if let node = fields["to"] { changes[try state(node)] += 1 }
    if let node = fields["change"] {
      guard fields["from"] == nil, fields["to"] == nil else {
        throw nodes.problem("`change` stands beside `from` or `to`", node, example)
      }
      for (name, amount) in try nodes.mapping(node, "change", example) {
        changes[try state(name)] += try nodes.number(amount, "change", -1e9...1e9)
      }
    }
    let moved = changes.indices.filter { changes[$0] != 0 }
    guard !moved.isEmpty else {
      throw nodes.problem("the transition changes nothing", node, example)
    }
    let name =
      fields["name"]?.string
      ?? moved.map { "\(changes[$0] > 0 ? "+" : "")\(changes[$0]) \(model.states[$0])" }
      .joined(separator: ", ")
    guard !model.transitions.contains(where: { $0.name == name }) else {
      throw nodes.problem(
        "two transitions are named `\(name)`", fields["name"] ?? node,
        "Give each a `name:` of its own; chance is keyed by it.")
    }
    var transition = PopulationModel.Transition(
      name: name, changes: moved.map { ($0, changes[$0]) }, rate: try rate(fields, node, from))
    if let from, let rate = fields["rate"] {
      let expression = try nodes.expression(rate, "rate")
      transition.each = (
        from, try fields["to"].map { (node) throws(DataError) in try state(node) },
        try RateCompiler(names: names).program(of: expression)
      )
      transition.isTimed = expression.names.contains(["time"])
    }
    model.transitions.append(transition)
  }

  private func rate(
    _ fields: Node.Mapping, _ node: Node, _ from: Int?
  ) throws(DataError) -> RateProgram {
    let compiler = RateCompiler(names: names)
    switch (fields["rate"], fields["total_rate"], from) {
    case (let rate?, nil, let from?):
      var program = try compiler.program(of: nodes.expression(rate, "rate"))
      program.multiply(by: from)
      return program
    case (nil, let rate?, _): return try compiler.program(of: nodes.expression(rate, "total_rate"))
    case (let rate?, nil, nil):
      throw nodes.problem(
        "`rate` is for each individual of `from`, and there is no `from`", rate,
        "Name `from`, or write `total_rate`.")
    default:
      throw nodes.problem(
        "the transition has \(fields["rate"] == nil ? "no rate" : "two rates")", node,
        "Give it `rate` (for each individual of `from`) or `total_rate`.")
    }
  }
}
