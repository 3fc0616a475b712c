// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables

/// How many drawn rows kept each rule of a group.
struct RuleTally {
  let group: RuleGroup
  var drawn = 0
  var kept: [Int]
  /// The rows that did what they were to do with all rules at once.
  var together = 0

  init(_ group: RuleGroup) {
    self.group = group
    kept = group.rules.map { _ in 0 }
  }

  /// The error of a row that found no draw, which names the rule that is kept least.
  var error: DataError {
    let worst = kept.indices.min { kept[$0] < kept[$1] } ?? 0
    let rule = group.rules[worst]
    var message = "\(share(kept[worst])) of \(drawn) rows drawn keep the rule `\(rule.name)`"
    if group.rules.count > 1 {
      message += ", and \(share(together)) all \(group.rules.count) rules over its columns"
    }
    return rule.place.error(
      message,
      remedy: "Draw its columns so that 1 row in 1000 or more keeps it, as by `truncated(…)` or by"
        + " a formula, or loosen the rule.")
  }

  /// A share in per cent, to three digits.
  private func share(_ count: Int) -> String {
    guard count > 0 else { return "none" }
    let permyriad = (Double(count) / Double(max(1, drawn)) * 1e6).rounded() / 1e4
    return "\(permyriad) %"
  }
}
