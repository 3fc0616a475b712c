// SPDX-License-Identifier: Apache-2.0

/// A pattern as a nondeterministic automaton, with its repetitions written out.
///
/// ## Source
/// Thompson, "Regular expression search algorithm", Communications of the ACM 11 (1968) 419–422.
struct PatternAutomaton: Sendable {
  enum State: Sendable {
    case read(ScalarSet, next: Int)
    case split(Int, Int)
    case accept
  }

  private(set) var states: [State] = [.accept]
  let start: Int

  /// - Parameters:
  ///   - isDrawn: Whether texts are drawn, so that sets written as "all but" mean printable ones.
  init(_ pattern: TextPattern, isDrawn: Bool) {
    var builder = Builder(isDrawn: isDrawn)
    start = builder.add(pattern.root, before: 0)
    states = builder.states
  }

  private struct Builder {
    let isDrawn: Bool
    var states: [State] = [.accept]

    mutating func append(_ state: State) -> Int {
      states.append(state)
      return states.count - 1
    }

    /// Adds a part that goes on to a state, and returns where it begins.
    mutating func add(_ node: TextPattern.Node, before next: Int) -> Int {
      switch node {
      case .empty: return next
      case .set(let set, let isBroad):
        var drawn = set
        if isDrawn, isBroad {
          let printable = set.intersection(.printable)
          if !printable.isEmpty { drawn = printable }
        }
        return append(.read(drawn, next: next))
      case .sequence(let nodes): return nodes.reversed().reduce(next) { add($1, before: $0) }
      case .alternatives(let nodes):
        var entry = add(nodes[nodes.count - 1], before: next)
        for node in nodes.dropLast().reversed() {
          let branch = add(node, before: next)
          entry = append(.split(branch, entry))
        }
        return entry
      case .repeated(let node, let least, let most):
        var entry = next
        if let most {
          for _ in least..<max(least, most) {
            let body = add(node, before: entry)
            entry = append(.split(body, next))
          }
        } else {
          let loop = append(.accept)
          let body = add(node, before: loop)
          states[loop] = .split(body, next)
          entry = loop
        }
        for _ in 0..<least { entry = add(node, before: entry) }
        return entry
      }
    }
  }

  /// The reading and accepting states reached from some states without reading.
  func closure(_ seeds: some Sequence<Int>) -> [Int] {
    var seen: Set<Int> = []
    var stack = Array(seeds)
    var result: [Int] = []
    while let state = stack.popLast() {
      guard seen.insert(state).inserted else { continue }
      if case .split(let one, let other) = states[state] {
        stack.append(other)
        stack.append(one)
      } else {
        result.append(state)
      }
    }
    return result.sorted()
  }
}
