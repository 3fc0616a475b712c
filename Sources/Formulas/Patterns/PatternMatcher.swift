// SPDX-License-Identifier: Apache-2.0

/// Tests whether whole texts match a pattern, in time in proportion to text × states.
public struct PatternMatcher: Sendable {
  private let automaton: PatternAutomaton
  private let first: [Int]

  /// Creates a matcher.
  public init(_ pattern: TextPattern) {
    automaton = PatternAutomaton(pattern, isDrawn: false)
    first = automaton.closure([automaton.start])
  }

  /// Whether the whole text matches.
  public func matches(_ text: String) -> Bool {
    var current = first
    for scalar in text.unicodeScalars {
      var next: [Int] = []
      for state in current {
        if case .read(let set, let target) = automaton.states[state], set.contains(scalar.value) {
          next.append(target)
        }
      }
      if next.isEmpty { return false }
      current = automaton.closure(next)
    }
    return current.contains {
      if case .accept = automaton.states[$0] { true } else { false }
    }
  }
}
