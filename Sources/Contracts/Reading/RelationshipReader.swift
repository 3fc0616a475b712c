// SPDX-License-Identifier: Apache-2.0
import Tables

/// Reads `relationships` of a contract.
enum RelationshipReader {
  static func clauses(_ node: ContractNode) throws(DataError) -> [RelationshipClause] {
    var clauses: [RelationshipClause] = []
    for entry in try node.list() {
      let body = entry.child(entry.node, "a relationship")
      var clause = RelationshipClause(variables: [], place: entry.place)
      for (key, value, _) in try body.entries(among: ["between", "kept", "within"]) {
        switch key {
        case "between":
          for name in try value.list() { clause.variables.append(try name.words()) }
        case "kept": clause.isKept = try value.flag()
        default: clause.limits = try VariableReader.limits(value, LimitMeasure.ofRelationship)
        }
      }
      guard Set(clause.variables).count >= 2, Set(clause.variables).count == clause.variables.count
      else {
        throw entry.problem(
          "a relationship is between two or more different variables",
          remedy: "Write {between: [first, second]}.")
      }
      if !clause.isKept, !clause.limits.isEmpty {
        throw entry.problem(
          "a relationship that is not kept has no `within`",
          remedy: "Take `within` out: what is broken is tested against independence.")
      }
      clauses.append(clause)
    }
    return clauses
  }
}
