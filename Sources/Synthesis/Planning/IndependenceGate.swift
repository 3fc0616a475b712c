// SPDX-License-Identifier: Apache-2.0

/// Decides which predictors a variable may have, so that pairs of variables stay independent.
///
/// Rows are drawn along a directed graph: each variable given its predictors, all draws else independent.
/// Two variables of such a graph are independent if no variable, they themselves included, leads to
/// both: then each is a function of draws that the other never sees. Nothing that *follows from* both
/// ties them, so variables that must be independent are visited first and all others may be learned
/// from all of them.
///
/// ## Source
/// Pearl, "Causality" (2nd ed., 2009), section 1.2.3: without conditioning, the only open paths are those
/// without a collider, which have a common ancestor.
struct IndependenceGate {
  private var partners: [String: Set<String>] = [:]
  private var ancestors: [String: Set<String>] = [:]

  init(_ pairs: [PlanPair]) {
    for pair in pairs {
      partners[pair.first, default: []].insert(pair.second)
      partners[pair.second, default: []].insert(pair.first)
    }
  }

  /// The variables that must be independent of another.
  var names: Set<String> { Set(partners.keys) }

  /// Whether a visited variable may be a predictor of one that is visited next.
  func permits(_ predictor: String, for name: String) -> Bool {
    guard let partners = partners[name] else { return true }
    let own = ancestors[predictor] ?? [predictor]
    return partners.allSatisfy { ancestors[$0]?.isDisjoint(with: own) ?? true }
  }

  /// Visits a variable.
  mutating func visit(_ name: String, from predictors: [String]) {
    guard !partners.isEmpty else { return }
    ancestors[name] = predictors.reduce(into: [name]) { $0.formUnion(ancestors[$1] ?? [$1]) }
  }

  // MARK: Order

  /// An order of the restricted variables in which all pairs that must be learned can be, and whether
  /// only those may be; the order given if there is none.
  func order(
    _ names: [String], together: [PlanPair], maximumTries: Int = 720
  ) -> (names: [String], isSparse: Bool) {
    let needed = together.filter { names.contains($0.first) && names.contains($0.second) }
    guard !needed.isEmpty else { return (names, false) }
    let required = Set(needed)
    for isSparse in [false, true] {
      var order = Array(names.indices)
      for _ in 0..<maximumTries {
        let candidate = order.map { names[$0] }
        if allows(candidate, required, isSparse) { return (candidate, isSparse) }
        guard Self.advance(&order) else { break }
      }
    }
    return (names, false)
  }

  private func allows(_ names: [String], _ required: Set<PlanPair>, _ isSparse: Bool) -> Bool {
    var gate = self
    for (place, name) in names.enumerated() {
      var predictors: [String] = []
      for other in names[..<place] {
        let isRequired = required.contains(PlanPair(other, name))
        if gate.permits(other, for: name) {
          if isRequired || !isSparse { predictors.append(other) }
        } else if isRequired {
          return false
        }
      }
      gate.visit(name, from: predictors)
    }
    return true
  }

  /// The next permutation in lexicographic order; false after the last.
  private static func advance(_ order: inout [Int]) -> Bool {
    guard var pivot = order.indices.dropLast().last(where: { order[$0] < order[$0 + 1] }) else {
      return false
    }
    if let swap = order.indices.last(where: { order[$0] > order[pivot] }) {
      order.swapAt(pivot, swap)
    }
    pivot += 1
    order[pivot...].reverse()
    return true
  }
}
