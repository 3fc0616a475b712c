// SPDX-License-Identifier: Apache-2.0
import Tables

/// Reads `extrapolated` of a contract.
enum ExtrapolationReader {
  static func clauses(_ node: ContractNode) throws(DataError) -> [ExtrapolationClause] {
    var clauses: [ExtrapolationClause] = []
    for entry in try node.list() {
      let body = entry.child(entry.node, "an entry of `extrapolated`")
      var clause = ExtrapolationClause(reason: "", place: entry.place)
      for (key, value, _) in try body.entries(among: ["file", "from", "set", "count", "because"]) {
        switch key {
        case "file": clause.file = try value.words()
        case "from": clause.condition = RuleClause(try value.words(), place: value.textPlace)
        case "count": clause.count = try value.whole(1...10_000_000)
        case "because": clause.reason = try value.words()
        default:
          for (name, formula) in try value.entries(remedy: "Write set: {age: \"age + 30\"}.") {
            clause.changes.append(
              .init(
                variable: try name.words(), formula: try formula.words(), place: formula.textPlace))
          }
        }
      }
      guard !clause.reason.isEmpty else {
        throw body.problem(
          "an entry of `extrapolated` does not say why the real table lacks such cases",
          remedy: "Write because: \"…\", such as \"not yet happened\".")
      }
      let isRule = clause.condition != nil || !clause.changes.isEmpty || clause.count > 0
      guard clause.file == nil ? !clause.changes.isEmpty && clause.count > 0 : !isRule else {
        throw body.problem(
          "an entry of `extrapolated` is neither a file nor a rule",
          remedy:
            "Write file: NAME, or set: {column: \"formula\"} and count: N, with from: \"condition\" if "
            + "it starts from some rows only.")
      }
      clauses.append(clause)
    }
    return clauses
  }
}
