// SPDX-License-Identifier: Apache-2.0

/// Pairs that must be independent, told of the learned variables that exact relations lead back to.
struct PlannedIndependence {
  /// The relations that may stay.
  private(set) var relations: [(name: String, relation: Relation)]
  /// The pairs, of learned variables only.
  private(set) var pairs: [PlanPair] = []

  /// Drops each relation by which two variables that must be independent would follow from the same
  /// one, and traces the others back.
  init(_ wanted: [PlanPair], relations: [(name: String, relation: Relation)]) {
    self.relations = relations
    guard !wanted.isEmpty else { return }
    var isSettled = false
    while !isSettled {
      isSettled = true
      for pair in wanted where !roots(pair.first).isDisjoint(with: roots(pair.second)) {
        let derived = self.relations.firstIndex { $0.name == pair.first || $0.name == pair.second }
        guard let derived else { continue }
        self.relations.remove(at: derived)
        isSettled = false
      }
    }
    var found: Set<PlanPair> = []
    for pair in wanted {
      for first in roots(pair.first).sorted() {
        for second in roots(pair.second).sorted()
        where found.insert(PlanPair(first, second)).inserted {
          pairs.append(PlanPair(first, second))
        }
      }
    }
  }

  /// The learned variables that one follows from; itself, if it is learned.
  private func roots(_ name: String) -> Set<String> {
    guard let relation = relations.first(where: { $0.name == name })?.relation else {
      return [name]
    }
    return relation.sources.reduce(into: []) { $0.formUnion(roots($1)) }
  }
}
