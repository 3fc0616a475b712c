// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Schemas
import Synthesis
import Tables

/// Checks what a contract says of the documentation, on the tables that are handed out.
struct DocumentationCheck {
  let contract: Contract
  /// Each table with what its columns mean.
  let tables: [(table: Table, schema: Schema)]

  private struct Described {
    var column: Column
    var variable: Variable?
  }

  /// The results, one a feature.
  func results() -> [ClauseResult] {
    guard let clause = contract.documentation else { return [] }
    let line = clause.place.line
    let columns = tables.flatMap { table, schema in
      table.columns.filter { $0.name != contract.marking?.column }.map {
        Described(column: $0, variable: schema.variable(named: $0.name))
      }
    }
    return clause.faithful.map { feature in
      let name = "documentation: \(Self.words(feature))"
      switch feature {
      case .labels:
        return ClauseResult(
          name, line: line, measure: "variables without a label",
          figure: Double(columns.count { $0.variable?.label.isEmpty != false }),
          limit: 0)
      case .valueLabels:
        return ClauseResult(
          name, line: line, measure: "variables with codes that have no label",
          figure: Double(columns.count(where: lacksValueLabels)), limit: 0)
      case .missingCodes:
        return ClauseResult(
          name, line: line, measure: "codes for missing without a meaning",
          figure: Double(columns.reduce(0) { $0 + unexplained($1) }), limit: 0)
      case .catalogue:
        let open = [
          clause.creators.isEmpty, clause.publisher == nil, clause.date == nil,
          clause.licence == nil,
        ].count { $0 }
        return ClauseResult(
          name, line: line, measure: "statements left out", figure: Double(open), limit: 0)
      }
    }
  }

  private static func words(_ feature: DocumentationClause.Feature) -> String {
    switch feature {
    case .labels: "each variable has a label"
    case .valueLabels: "each code of a category has a label"
    case .missingCodes: "each code for missing says what it means"
    case .catalogue: "creators, publisher, date and licence are stated"
    }
  }

  /// Whether a category is stored as numbers of which one that occurs has no label.
  private func lacksValueLabels(_ described: Described) -> Bool {
    let column = described.column
    guard let variable = described.variable, variable.kind.isCategorical, column.values.isScale
    else { return false }
    let known = Set(
      variable.valueLabels.filter { !$0.label.isEmpty }.compactMap { Double($0.code) })
    return column.values.scaleValues.enumerated().contains { row, value in
      !column.missing.isMissing(at: row) && !known.contains(value)
    }
  }

  /// The codes for missing that occur and are not explained; an empty cell explains itself.
  private func unexplained(_ described: Described) -> Int {
    let column = described.column
    let declared = described.variable?.missingCodes ?? []
    let used = Set(column.missing.codes.filter { $0 != 0 }.map { Int($0) - 1 })
    return used.count { place in
      let reason = column.missing.reasons[place]
      return reason.label == nil && !reason.code.allSatisfy(\.isWhitespace)
        && !declared.contains { $0.code == reason.code && $0.label != nil }
    }
  }
}
