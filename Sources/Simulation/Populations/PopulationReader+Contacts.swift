// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

extension PopulationReader {
  private static let example =
    "Write `run: {as: individuals, on: {network: \"small_world(8, 0.1)\"}}`."

  /// Reads who meets whom: `{network: small_world(k = 8, p = 0.1)}` or `ring(8)`.
  mutating func read(contacts node: Node) throws(DataError) {
    let fields = try nodes.mapping(node, "on", Self.example)
    for (key, _) in fields where key.string != "network" {
      throw nodes.unknown(key, among: ["network"])
    }
    guard let network = fields["network"] else {
      throw nodes.problem("`on` names no network", node, Self.example)
    }
    setContacts(try nodes.contacts(network, Self.example))
  }

  /// That a model whose individuals are followed says who moves where, on which network.
  func checkIndividuals(_ root: Node.Mapping) throws(DataError) {
    guard model.reading == .individuals else {
      if let node = root["run"]?.mapping?["on"] {
        throw nodes.problem("a network stands beside another reading", node, Self.example)
      }
      return
    }
    guard let contacts = model.contacts else {
      throw nodes.problem(
        "nothing says who meets whom", root["run"] ?? Node(""),
        Self.example + " Where everybody meets everybody, `as: exact` does.")
    }
    let count = model.start.reduce(0, +)
    guard model.start.allSatisfy({ $0 == $0.rounded() }), count <= 10_000_000,
      count > Double(contacts.degree)
    else {
      throw nodes.problem(
        "the counts at the start are no whole numbers, too many, or fewer than neighbours",
        root["start"] ?? Node(""), "Start with whole individuals, at most ten million.")
    }
    guard model.settings.isEmpty, model.triggers.isEmpty else {
      throw nodes.problem(
        "`at` and `when` set counts, and individuals are followed here",
        root["at"] ?? root["when"] ?? Node(""), "Read the model as `exact`.")
    }
    for transition in model.transitions {
      guard let each = transition.each, each.to != nil, !transition.isTimed else {
        throw nodes.problem(
          "`\(transition.name)` moves nobody from a state to another, or asks for the time",
          root["transitions"] ?? Node(""),
          "Give each transition `from`, `to` and a `rate` without the time.")
      }
    }
  }
}
