// SPDX-License-Identifier: Apache-2.0
import Tables

/// Finds columns that are, in every row, the sum of others: two of them, or a run of neighbours.
struct SumFinder {
  /// The fewest rows on which a sum may rest.
  static let minimumRowCount = 10
  /// Above this many columns only runs of neighbours are tried.
  static let maximumPairColumnCount = 80

  let columns: [ScaleColumn]

  /// Returns the sum that a column equals, or `nil`.
  func sum(for target: Int) -> (plus: [Int], minus: [Int])? {
    let candidates = columns.indices.filter {
      $0 != target && columns[$0].storage == columns[target].storage && columns[$0].isVarying
    }
    guard columns[target].isVarying else { return nil }
    // A column may only follow from ones before it if it equals them, so that two copies of one
    // column do not each follow from the other.
    for other in candidates where other < target && holds(target, [other]) { return ([other], []) }
    guard columns[target].storage == .numbers || columns[target].storage == .wholeNumbers else {
      return nil
    }
    if candidates.count <= Self.maximumPairColumnCount {
      for (place, first) in candidates.enumerated() {
        for second in candidates[(place + 1)...] where holds(target, [first, second]) {
          return ([first, second], [])
        }
      }
    }
    return runOfNeighbours(for: target, candidates)
  }

  /// Returns the two dates between which a column of whole numbers counts the days, or `nil`.
  func difference(for target: Int) -> (late: Int, early: Int)? {
    guard columns[target].storage == .wholeNumbers, columns[target].isVarying else { return nil }
    let dates = columns.indices.filter { columns[$0].storage == .dates && columns[$0].isVarying }
    guard dates.count <= Self.maximumPairColumnCount else { return nil }
    for late in dates {
      for early in dates where early != late && isDifference(target, late, early) {
        return (late, early)
      }
    }
    return nil
  }

  private func isDifference(_ target: Int, _ late: Int, _ early: Int) -> Bool {
    var seen = 0
    var values: Set<Double> = []
    for row in columns[target].values.indices {
      let anyMissing =
        columns[late].missing.isMissing(at: row) || columns[early].missing.isMissing(at: row)
      if anyMissing != columns[target].missing.isMissing(at: row) { return false }
      if anyMissing { continue }
      let value = columns[target].values[row]
      guard columns[late].values[row] - columns[early].values[row] == value else { return false }
      seen += 1
      if values.count < 2 { values.insert(value) }
    }
    return seen >= Self.minimumRowCount && values.count > 1
  }

  private func runOfNeighbours(
    for target: Int, _ candidates: [Int]
  ) -> (plus: [Int], minus: [Int])? {
    for start in candidates.indices where candidates.count - start >= 3 {
      for end in (start + 3)...min(candidates.count, start + 30) {
        let run = Array(candidates[start..<end])
        if holds(target, run) { return (run, []) }
      }
    }
    return nil
  }

  /// Whether a column equals the sum of others wherever all are present, and is missing otherwise.
  private func holds(_ target: Int, _ parts: [Int]) -> Bool {
    let sum = columns[target]
    let terms = parts.map { columns[$0] }
    var seen = 0
    var distinct = false
    var first: Double?
    for row in sum.values.indices {
      let anyMissing = terms.contains { $0.missing.isMissing(at: row) }
      if anyMissing != sum.missing.isMissing(at: row) { return false }
      if anyMissing { continue }
      var total = 0.0
      for term in terms { total += term.values[row] }
      let scale = max(1, abs(total))
      guard abs(total - sum.values[row]) <= 1e-9 * scale else { return false }
      // Zeros tell nothing: a sum of mostly empty columns would hold by chance.
      if parts.count == 1 || terms.allSatisfy({ $0.values[row] != 0 }) {
        seen += 1
        if let first, first != total { distinct = true }
        first = first ?? total
      }
    }
    return seen >= Self.minimumRowCount && distinct
  }
}
