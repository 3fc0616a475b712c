// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

extension LifeReader {
  private static let verbs = ["remove", "new", "move", "pair"]

  /// Reads a list of what happens, in its order.
  mutating func read(steps node: Node, _ what: String) throws(DataError) -> [LifeStep] {
    let example = "Write `- person.age: age + 1` a line."
    guard let list = node.sequence else {
      throw nodes.problem("`\(what)` holds no list", node, example)
    }
    var steps: [LifeStep] = []
    var ordinals: [String: Int] = [:]
    for entry in list {
      guard let fields = entry.mapping, fields.count == 1, let (key, value) = fields.first else {
        throw nodes.problem("an entry does not do one thing", entry, example)
      }
      switch key.string ?? "" {
      case "remove": steps.append(try removal(value))
      case "new": steps.append(try birth(value))
      case "move": steps.append(try move(value))
      case "pair": steps.append(try pairing(value))
      default:
        guard (key.string ?? "").contains(".") || model.populations.count == 1 else {
          throw nodes.problem(
            "`\(key.string ?? "")` is no column and nothing that happens", key,
            Suggestion.remedy(for: key.string ?? "", among: Self.verbs))
        }
        var assignment = try self.assignment(key, value)
        let name = "\(assignment.table).\(assignment.column)"
        assignment.ordinal = ordinals[name, default: 0]
        ordinals[name, default: 0] += 1
        steps.append(.assign(assignment))
      }
      guard steps.count <= 10_000 else {
        throw nodes.problem("there are more than 10000 entries", entry, "Write fewer.")
      }
    }
    return steps
  }

  private func assignment(_ key: Node, _ node: Node) throws(DataError) -> LifeAssignment {
    let (table, name) = try place(key)
    let population = model.populations[table]
    guard !name.isEmpty, name != population.idColumn, name != "period", name != "decile",
      !name.contains("["), !name.contains(".")
    else {
      throw nodes.problem(
        "`\(name)` cannot be set", key, "Take another name: ids and periods stay as they are.")
    }
    let known = ["value", "only", "align", "decimals", "hidden", "notes"]
    let example = "Write `{value: \"~ bernoulli(0.1)\", only: \"age >= 16\"}`."
    guard node.mapping != nil else {
      let read = try nodes.formula(node, name)
      return LifeAssignment(
        table: table, column: name, formula: read.formula, text: read.text, place: read.place)
    }
    let fields = try nodes.mapping(node, name, example)
    guard let value = fields["value"] else {
      throw nodes.problem("nothing says how `\(name)` is made", node, example)
    }
    let read = try nodes.formula(value, name)
    var result = LifeAssignment(
      table: table, column: name, formula: read.formula, text: read.text, place: read.place)
    for (field, content) in fields {
      switch field.string ?? "" {
      case "value", "notes": break
      case "only": result.only = try nodes.expression(content, "only")
      case "decimals": result.decimals = try nodes.whole(content, "decimals", 0...15)
      case "hidden": result.isHidden = try nodes.flag(content, "hidden")
      case "align":
        let lookup = content.string ?? ""
        guard let names = lookupKeys[lookup], let last = names.last else {
          throw nodes.problem(
            "there is no look-up table `\(lookup)`", content,
            Suggestion.remedy(
              for: lookup, among: lookupKeys.keys.sorted(),
              otherwise: "Name one under `lookups:` first."))
        }
        result.alignment = lookup
        result.alignmentKeys = Array(names.dropLast())
        result.alignsToCounts = last == "count"
      default: throw nodes.unknown(field, among: known)
      }
    }
    return result
  }

  /// A formula that decides, whether computed or drawn.
  private func decision(_ node: Node, _ what: String) throws(DataError) -> (Formula, SourcePlace) {
    let read = try nodes.formula(node, what)
    return (read.formula, read.place)
  }

  /// The one table that a step names, and what stands behind it.
  private func subject(
    _ node: Node, _ verb: String, _ known: [String], _ example: String
  ) throws(DataError) -> (table: Int, value: Node, fields: Node.Mapping) {
    let fields = try nodes.mapping(node, verb, example)
    var found: (Int, Node)?
    for (key, value) in fields where !known.contains(key.string ?? "") {
      guard found == nil, model.populations.contains(where: { $0.name == key.string }) else {
        throw nodes.problem(
          "unknown key `\(key.string ?? "")`", key,
          Suggestion.remedy(
            for: key.string ?? "", among: known + model.populations.map(\.name)))
      }
      found = (try table(key), value)
    }
    guard let (table, value) = found else {
      throw nodes.problem("`\(verb)` names no table", node, example)
    }
    return (table, value, fields)
  }

  private func removal(_ node: Node) throws(DataError) -> LifeStep {
    let example = "Write `remove: {person: dies}`."
    let (table, value, _) = try subject(node, "remove", [], example)
    let (formula, place) = try decision(value, "remove")
    return .remove(table: table, condition: formula, place: place)
  }

  private func birth(_ node: Node) throws(DataError) -> LifeStep {
    let example =
      "Write `new: {person: births, of: \"age in 16..49\", when: \"~ bernoulli(0.05)\", set: {age: 0}}`."
    let (table, value, fields) = try subject(node, "new", ["of", "when", "set"], example)
    guard let when = fields["when"], let name = value.string, !name.isEmpty else {
      throw nodes.problem("`new` has no name or no `when`", node, example)
    }
    let (formula, place) = try decision(when, "when")
    return .births(
      LifeBirth(
        name: name, table: table, place: place,
        of: try fields["of"].map { (of) throws(DataError) in try nodes.expression(of, "of") },
        when: formula, columns: try columns(fields["set"], of: table, example)))
  }

  private func columns(
    _ node: Node?, of table: Int, _ example: String
  ) throws(DataError) -> [LifeAssignment] {
    guard let node else { return [] }
    var columns: [LifeAssignment] = []
    for (key, value) in try nodes.mapping(node, "set", example) {
      let name = key.string ?? ""
      guard !name.isEmpty, name != model.populations[table].idColumn else {
        throw nodes.problem("`\(name)` cannot be set", key, "Ids follow from whose child it is.")
      }
      let read = try nodes.formula(value, name)
      columns.append(
        LifeAssignment(
          table: table, column: name, formula: read.formula, text: read.text, place: read.place))
    }
    return columns
  }

  /// The link that leads out of a table to another one.
  private func home(of table: Int, _ node: Node) throws(DataError) -> Int {
    guard
      let link = model.links.firstIndex(where: { $0.child == table && $0.parent != table })
    else {
      throw nodes.problem(
        "the rows of `\(model.populations[table].name)` belong to no other table", node,
        "Write a `link` under `population:` first.")
    }
    return link
  }

  private func move(_ node: Node) throws(DataError) -> LifeStep {
    let example = "Write `move: {person: \"~ bernoulli(0.1)\", to: new}`; or `to: random`."
    let (table, value, fields) = try subject(node, "move", ["to", "set"], example)
    let (formula, place) = try decision(value, "move")
    guard let to = fields["to"], ["new", "random"].contains(to.string) else {
      throw nodes.problem("`to` is neither new nor random", fields["to"] ?? node, example)
    }
    let link = try home(of: table, node)
    let goal: LifeMove.Goal = to.string == "new" ? .new : .random
    guard goal == .new || fields["set"] == nil else {
      throw nodes.problem("a household that is there is not set", node, "Take `set` out.")
    }
    return .move(
      LifeMove(
        table: table, place: place, condition: formula, goal: goal, link: link,
        columns: try columns(fields["set"], of: model.links[link].parent, example)))
  }

  private func pairing(_ node: Node) throws(DataError) -> LifeStep {
    let example =
      "Write `pair: {person: \"seeks and female\", with: \"seeks and not female\", by: age, column: partner}`."
    let known = ["with", "by", "spread", "column", "home"]
    let (table, value, fields) = try subject(node, "pair", known, example)
    guard let with = fields["with"], let column = fields["column"]?.string, !column.isEmpty,
      column != model.populations[table].idColumn
    else { throw nodes.problem("`pair` has no `with` or no `column`", node, example) }
    var home = LifePairing.Home.none
    if let text = fields["home"] {
      guard let found = LifePairing.Home(rawValue: text.string ?? "") else {
        throw nodes.problem(
          "`home` is neither first, second nor none", text, "Write `home: first`.")
      }
      home = found
    }
    return .pair(
      LifePairing(
        table: table,
        place: SourcePlace(
          file: nodes.file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1),
        first: try nodes.expression(value, "pair"), second: try nodes.expression(with, "with"),
        by: try fields["by"].map { (by) throws(DataError) in try nodes.expression(by, "by") },
        spread: try fields["spread"].map { (spread) throws(DataError) in
          try nodes.number(spread, "spread", 0...1e9)
        } ?? 0, column: column, home: home,
        link: home == .none ? nil : try self.home(of: table, node)))
  }
}
