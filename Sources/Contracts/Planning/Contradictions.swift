// SPDX-License-Identifier: Apache-2.0
import Tables

/// Finds two clauses that cannot both hold.
struct Contradictions {
  let contract: Contract

  /// - Throws: `DataError` naming both clauses, with their lines.
  func refuse() throws(DataError) {
    for broken in contract.relationships where !broken.isKept {
      try refuseKept(against: broken)
      for analysis in contract.analyses {
        let others = analysis.terms.filter { broken.variables.contains($0) }
        if broken.variables.contains(analysis.response), let term = others.first {
          throw clash(
            "the analysis \"\(analysis.model)\" needs the relationship of \"\(analysis.response)\" and \"\(term)\"",
            analysis.place, words(broken), broken.place)
        }
      }
      for rule in contract.rules {
        let named = broken.variables.filter { RuleNames.contains($0, in: rule.text) }
        if named.count >= 2 {
          throw clash(
            "the rule \"\(rule.text)\" ties \"\(named[0])\" to \"\(named[1])\"", rule.place,
            words(broken), broken.place)
        }
      }
    }
    for clause in contract.variables where clause.isReplaced { try refuseUse(of: clause) }
    for balance in contract.balance { try refuseFaithful(against: balance) }
  }

  private func refuseKept(against broken: RelationshipClause) throws(DataError) {
    for kept in contract.relationships where kept.isKept {
      let shared = broken.variables.filter { kept.variables.contains($0) }
      if shared.count >= 2 {
        throw clash(
          "the relationship between [\(kept.variables.joined(separator: ", "))] is kept",
          kept.place,
          words(broken), broken.place)
      }
    }
  }

  private func refuseUse(of clause: VariableClause) throws(DataError) {
    let replaced = "\"\(clause.name)\" is replaced, so nothing of it is learned"
    if let kept = contract.relationships.first(where: {
      $0.isKept && $0.variables.contains(clause.name)
    }) {
      throw clash(
        "the relationship between [\(kept.variables.joined(separator: ", "))] is kept", kept.place,
        replaced, clause.place)
    }
    if let analysis = contract.analyses.first(where: {
      ([$0.response] + $0.terms).contains(clause.name)
    }) {
      throw clash(
        "the analysis \"\(analysis.model)\" needs \"\(clause.name)\"", analysis.place, replaced,
        clause.place)
    }
    if let balance = contract.balance.first(where: { $0.variable == clause.name }) {
      throw clash(
        "levels of \"\(clause.name)\" are balanced", balance.place, replaced, clause.place)
    }
  }

  private func refuseFaithful(against balance: BalanceClause) throws(DataError) {
    guard let clause = contract.variable(balance.variable),
      clause.faithful?.contains(.distribution) == true
    else { return }
    throw clash(
      "the distribution of \"\(clause.name)\" is faithful", clause.place,
      "levels of \"\(clause.name)\" are balanced, which changes it", balance.place)
  }

  private func words(_ broken: RelationshipClause) -> String {
    "the relationship between [\(broken.variables.joined(separator: ", "))] is not kept"
  }

  private func clash(
    _ first: String, _ firstPlace: ClausePlace, _ second: String, _ secondPlace: ClausePlace
  ) -> DataError {
    Self.error(first, firstPlace, second, secondPlace, file: contract.file)
  }

  static func error(
    _ first: String, _ firstPlace: ClausePlace, _ second: String, _ secondPlace: ClausePlace,
    file: String?
  ) -> DataError {
    func line(_ place: ClausePlace) -> String { place.line.map { " (line \($0))" } ?? "" }
    return DataError(
      "two clauses contradict each other: \(first)\(line(firstPlace)), but \(second)\(line(secondPlace))",
      file: file, line: firstPlace.line, position: firstPlace.column,
      remedy: "Change or remove one of the two clauses.")
  }
}
