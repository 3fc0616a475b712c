// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// Which of the drawn variables a plan ties to each other.
///
/// Two are tied if some variable, they themselves included, leads to both in the plan: then, and only then,
/// a chain of conditionals by that plan could make them depend on each other. A joint method may tie just
/// these.
///
/// ## Source
/// Pearl, "Causality" (2nd ed., 2009), section 1.2.3.
struct PlannedTies {
  private let ancestors: [Set<Int>]

  init(_ steps: [PlanStep]) {
    var places: [String: Int] = [:]
    var ancestors: [Set<Int>] = []
    for (place, step) in steps.enumerated() {
      let sources = step.predictors + step.constraints.map(\.variable)
      ancestors.append(
        sources.compactMap { places[$0] }.reduce(into: [place]) { $0.formUnion(ancestors[$1]) })
      places[step.variable] = place
    }
    self.ancestors = ancestors
  }

  /// Whether two variables may depend on each other.
  func ties(_ first: Int, _ second: Int) -> Bool {
    !ancestors[first].isDisjoint(with: ancestors[second])
  }

  /// The variables in groups, each tied to all of its own group and to no other; `nil` if ties are not like
  /// that.
  var groups: [[Int]]? {
    var groups: [[Int]] = []
    for place in ancestors.indices {
      if let group = groups.firstIndex(where: { ties($0[0], place) }) {
        groups[group].append(place)
      } else {
        groups.append([place])
      }
    }
    for (number, group) in groups.enumerated() {
      for place in group {
        for (other, members) in groups.enumerated() {
          guard members.allSatisfy({ ties($0, place) == (other == number) }) else { return nil }
        }
      }
    }
    return groups
  }
}
