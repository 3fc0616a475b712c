// SPDX-License-Identifier: Apache-2.0

extension ModelFrame {
  /// What is held of a variable that is not learned; `nil` for one that is.
  package func holding(of name: String) -> ModelHolding? {
    if let derivation = derivations.first(where: { $0.name == name }) {
      return ModelHolding(
        name: name, action: "\(derivation.relation.description), in every row",
        holdings: derivation.entries.map {
          "\($0.weights.count { $0 > 0 }) entries to look up"
        } ?? "the relation only",
        leastSupport: derivation.entries?.weights.filter { $0 > 0 }.min())
    }
    if let regeneration = regenerations.first(where: { $0.name == name }) {
      return ModelHolding(
        name: name,
        action: plan.step(for: name)?.action == .replaced
          ? "replaced: \(regeneration.pattern.description)"
          : "made anew: \(regeneration.pattern.description)",
        holdings: plan.step(for: name)?.action == .replaced
          ? "the kind of value only" : Self.words(regeneration),
        leastSupport: regeneration.leastSupport)
    }
    return nil
  }

  private static func words(_ regeneration: Regeneration) -> String {
    var words = "the pattern only"
    if case .templates(let templates, _) = regeneration.pattern {
      let kept = templates.reduce(0) { count, template in
        count + template.slots.reduce(0) { $0 + ($1.kind == .sign ? 0 : $1.common.count) }
      }
      words = "\(templates.count) shape(s) of text"
      if kept > 0 { words += " with \(kept) word(s) or number(s) that many rows share" }
    }
    if !regeneration.missing.isEmpty {
      words += ", the share of missing cells for \(regeneration.missing.count) reason(s)"
    }
    return words
  }
}
