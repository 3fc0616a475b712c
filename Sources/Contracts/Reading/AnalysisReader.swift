// SPDX-License-Identifier: Apache-2.0
import Tables

/// Reads `analyses` of a contract.
enum AnalysisReader {
  static func clauses(_ node: ContractNode) throws(DataError) -> [AnalysisClause] {
    var clauses: [AnalysisClause] = []
    for entry in try node.list() {
      var model: ContractNode?
      var family = AnalysisClause.Family.gaussian
      var overlap = 0.7
      let body = entry.child(entry.node, "an analysis")
      for (key, value, _) in try body.entries(among: ["model", "family", "overlap"]) {
        switch key {
        case "model": model = value
        case "family": family = try value.choice(AnalysisClause.Family.allCases)
        default: overlap = try value.number(0...1, "a share from 0 to 1")
        }
      }
      guard let model else {
        throw entry.problem(
          "an analysis lacks its model", remedy: "Write model: \"response ~ first + second\".")
      }
      let sides = model.text.split(separator: "~", omittingEmptySubsequences: false).map(trimmed)
      let terms =
        sides.count == 2
        ? sides[1].split(separator: "+", omittingEmptySubsequences: false).map(trimmed) : []
      let names = [sides.first ?? ""] + terms
      guard sides.count == 2,
        names.allSatisfy({ !$0.isEmpty && !$0.contains(where: "*:^()-|".contains) })
      else {
        throw model.problem(
          "the model is not read here: it must be a response, a tilde and terms joined by plus",
          remedy: "Write model: \"response ~ first + second\", without products and functions.")
      }
      clauses.append(
        AnalysisClause(
          model: model.text, response: names[0], terms: terms, family: family, overlap: overlap,
          place: entry.place))
    }
    return clauses
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    var rest = Substring(text)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
