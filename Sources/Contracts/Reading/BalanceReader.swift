// SPDX-License-Identifier: Apache-2.0
import Tables

/// Reads `balance` of a contract.
enum BalanceReader {
  static func clauses(_ node: ContractNode) throws(DataError) -> [BalanceClause] {
    var clauses: [BalanceClause] = []
    if node.isNothing { return [] }
    for (key, value) in try node.entries(remedy: "Write balance: {variable: {level: 30%}}.") {
      var shares: [String: Double] = [:]
      for (level, share) in try value.entries(remedy: "Write {level: 30%}.") {
        shares[try level.words()] = try share.number(0...1, "a share from 0 to 1")
      }
      guard shares.values.reduce(0, +) <= 1 + 1e-9 else {
        throw value.problem(
          "the shares of \"\(key.text)\" add up to more than one", remedy: "Lower some of them.")
      }
      clauses.append(
        BalanceClause(variable: try key.words(), shares: shares, place: key.place))
    }
    return clauses
  }
}
