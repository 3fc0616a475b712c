// SPDX-License-Identifier: Apache-2.0
import Dictionaries
import Schemas
import Synthesis
import Tables
import Yams

/// Reads `variables` of a contract.
enum VariableReader {
  static let keys = ["faithful", "unfaithful", "by", "within", "extremes", "transforms", "role"]

  static func clauses(_ node: ContractNode) throws(DataError) -> [VariableClause] {
    if node.isNothing { return [] }
    var clauses: [VariableClause] = []
    for (key, value) in try node.entries(remedy: "Name variables below `variables:`, one a line.") {
      let name = try key.words()
      var clause = VariableClause(name: name, place: key.place)
      let body = value.child(value.node, "\"\(name)\"")
      for (field, content, place) in try body.entries(among: keys) where !content.isNothing {
        try read(field, content, place, into: &clause)
      }
      if clause.isReplaced, let features = clause.faithful, features != [.structure] {
        throw key.problem(
          "\"\(name)\" cannot be both faithful and unfaithful",
          remedy: "Take `faithful` or `unfaithful` out.")
      }
      if clause.provider != nil, !clause.isReplaced {
        throw key.problem(
          "`by` of \"\(name)\" gives values to a variable that is not replaced",
          remedy: "Add `unfaithful: replaced`, or take `by` out.")
      }
      clauses.append(clause)
    }
    return clauses
  }

  private static func read(
    _ field: String, _ content: ContractNode, _ place: ContractNode,
    into clause: inout VariableClause
  ) throws(DataError) {
    switch field {
    case "faithful":
      var features: [FaithfulFeature] = []
      for entry in try content.list() {
        features.append(try entry.child(entry.node, "`faithful`").choice(FaithfulFeature.allCases))
      }
      clause.faithful = features
    case "unfaithful":
      guard content.text == "replaced" || content.text == "yes" || content.text == "true" else {
        throw content.problem(
          "`unfaithful` cannot be \"\(content.text)\"", remedy: "Write `unfaithful: replaced`.")
      }
      clause.isReplaced = true
    case "by": clause.provider = try content.words()
    case "within": clause.limits = try limits(content, LimitMeasure.ofVariable)
    case "extremes": clause.transforms += try transforms(content, ["top-code", "bottom-code"])
    case "transforms":
      clause.transforms += try transforms(
        content, ["top-code", "bottom-code", "round", "group", "shift-dates"])
    default:
      clause.role = try content.choice(VariableRole.allCases)
    }
  }

  static func limits(
    _ node: ContractNode, _ measures: [LimitMeasure]
  ) throws(DataError) -> [Limit] {
    var limits: [Limit] = []
    for (key, value, place) in try node.entries(among: measures.map(\.rawValue)) {
      guard let measure = measures.first(where: { $0.rawValue == key }) else { continue }
      limits.append(
        Limit(
          measure, try value.number(0...Double.greatestFiniteMagnitude, "a limit of 0 or more"),
          place: place.place))
    }
    return limits
  }

  private static func transforms(
    _ node: ContractNode, _ known: [String]
  ) throws(DataError) -> [PlanTransform] {
    if let sequence = node.node.sequence {
      var list: [PlanTransform] = []
      for entry in sequence { list += try transforms(node.child(entry, node.name), known) }
      return list
    }
    var list: [PlanTransform] = []
    for (key, value, _) in try node.entries(among: known) {
      switch key {
      case "top-code": list.append(try tail(value, isUpper: true))
      case "bottom-code": list.append(try tail(value, isUpper: false))
      case "round":
        list.append(.round(to: try argument(value, "to").number(1e-12...1e15, "a step above 0")))
      case "group":
        list.append(.group(minimum: try argument(value, "minimum").whole(1...1_000_000)))
      default: list.append(.shiftDates(days: try argument(value, "days").whole(1...36_500)))
      }
    }
    return list
  }

  private static func tail(_ node: ContractNode, isUpper: Bool) throws(DataError) -> PlanTransform {
    let entries = try node.entries(among: ["quantile", "at"])
    guard entries.count == 1, let (key, value, _) = entries.first else {
      throw node.problem(
        "\(node.name) takes one argument", remedy: "Give {quantile: 0.99} or {at: 100000}.")
    }
    if key == "at" {
      let limit = try value.number(-1e300...1e300, "a limit in the unit of the variable")
      return isUpper ? .topCodeAt(limit) : .bottomCodeAt(limit)
    }
    let quantile = try value.number(0...1, "a share from 0 to 1")
    return isUpper ? .topCode(quantile: quantile) : .bottomCode(quantile: quantile)
  }

  private static func argument(_ node: ContractNode, _ name: String) throws(DataError)
    -> ContractNode
  {
    guard let entry = try node.entries(among: [name]).first else {
      throw node.problem("\(node.name) lacks its argument", remedy: "Give {\(name): …}.")
    }
    return entry.value
  }
}
