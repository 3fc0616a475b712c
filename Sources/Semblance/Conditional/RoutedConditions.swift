// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// The conditions of rows while they are made, variable by variable.
///
/// Where a variable decides whether another is missing, what is given of the other says what the first may be:
/// a question on one country that has an answer leaves those on another country open.
struct RoutedConditions {
  /// The conditions of a variable that differ, and which of them each row has; −1 for none.
  private var distinct: [[CellCondition]]
  private var codes: [[Int32]]
  private let rowCount: Int
  /// The rows in which a cell that was to be filled in has to be missing.
  private(set) var gapRows: Set<Int> = []

  init(rowCount: Int, variableCount: Int) {
    self.rowCount = rowCount
    distinct = .init(repeating: [], count: variableCount)
    codes = .init(repeating: [], count: variableCount)
  }

  /// Puts each row under one of several conditions, or none.
  mutating func set(_ conditions: [CellCondition], codes list: [Int32], place: Int) {
    distinct[place] = conditions
    codes[place] = list
  }

  /// Restricts variables that decide whether others are missing to what these ask for; the last ones first, as
  /// they may be decided themselves.
  mutating func settleRoutes(_ variables: [DrawnVariable]) {
    for place in variables.indices.reversed() {
      guard let route = variables[place].missingRoute, !codes[place].isEmpty else { continue }
      let missingCount = variables[place].layout.missingReasons.count
      let source = route.source
      let binCount = max(1, variables[source].layout.binCount)
      // What each condition leaves: reasons one by one, and after them whether a value.
      let asked = distinct[place].map { condition -> [Bool]? in
        guard !condition.allowsDecidedMissing else { return nil }
        let shares = condition.shares
        return shares.prefix(missingCount).map { $0 > 0 }
          + [shares.dropFirst(missingCount).contains { $0 > 0 }]
      }
      var known: [Pair: (code: Int32, isGap: Bool)] = [:]
      if codes[source].isEmpty { codes[source] = [Int32](repeating: -1, count: rowCount) }
      for row in 0..<rowCount {
        let (own, before) = (codes[place][row], codes[source][row])
        guard own >= 0, let asked = asked[Int(own)] else { continue }
        let base = before < 0 ? nil : distinct[source][Int(before)]
        guard base?.isFixed != true else { continue }
        let pair = Pair(asked: asked, before: before)
        if known[pair] == nil {
          let allowed = (0..<binCount).map { bin -> Bool in
            let outcome = Int(route.outcomes[bin])
            return outcome > missingCount || asked[outcome]
          }
          known[pair] = add(allowed, to: base, place: source, before: before)
        }
        guard let found = known[pair] else { continue }
        codes[source][row] = found.code
        if found.isGap { gapRows.insert(row) }
      }
    }
  }

  private struct Pair: Hashable {
    var asked: [Bool]
    var before: Int32
  }

  /// Adds a condition that leaves only some bins; where none of those would be filled in, a cell may be missing.
  private mutating func add(
    _ allowed: [Bool], to base: CellCondition?, place: Int, before: Int32
  ) -> (code: Int32, isGap: Bool) {
    guard allowed.contains(false), allowed.contains(true) else { return (before, false) }
    var condition = base ?? CellCondition(shares: allowed.map { _ in 1 })
    let shares = zip(condition.shares, allowed).map { $1 ? $0 : 0 }
    let isGap = !shares.contains { $0 > 0 }
    condition.shares = isGap ? allowed.map { $0 ? 1 : 0 } : shares
    distinct[place].append(condition)
    return (Int32(distinct[place].count - 1), isGap)
  }

  /// The conditions.
  var conditions: RowConditions {
    var conditions = RowConditions(rowCount: rowCount, variableCount: codes.count)
    for place in codes.indices where !codes[place].isEmpty {
      conditions.set(distinct[place], codes: codes[place], place: place)
    }
    return conditions
  }
}
