// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// Finds rules of who is not asked in the real table, and counts synthetic rows that break them.
struct SkipRuleMeasure {
  /// The fewest real rows that show a rule.
  static let minimumCount = 10
  /// The most levels of a column that decides.
  static let maximumLevels = 50
  private static let maximumListed = 10

  let columns: [AlignedColumn]

  /// Measures; `nil` where no rule holds in the real table.
  func result() -> SkipRuleFidelity? {
    var rules: [SkipRuleFidelity.Rule] = []
    var holdout = (applied: 0, broken: 0)
    let hasHoldout = (columns.first?.sides.count ?? 0) > 2
    for (target, column) in columns.enumerated() {
      let side = column.sides[0]
      guard side.presentCount > 0, side.presentCount < side.codes.count else { continue }
      for (source, decider) in columns.enumerated()
      where source != target && !decider.isContinuous
        && (2...Self.maximumLevels).contains(decider.levels.count)
      {
        let real = Self.counts(decider, column, 0)
        let held = (1...decider.levels.count).filter {
          real[$0].rows >= Self.minimumCount && real[$0].present == 0
        }
        guard !held.isEmpty else { continue }
        let made = Self.counts(decider, column, 1)
        let fresh = hasHoldout ? Self.counts(decider, column, 2) : []
        for level in held {
          rules.append(
            .init(
              column: column.name, source: decider.name, level: decider.levels[level - 1],
              rowCount: made[level].rows, brokenCount: made[level].present))
          if hasHoldout {
            holdout.applied += fresh[level].rows
            holdout.broken += fresh[level].present
          }
        }
      }
    }
    guard !rules.isEmpty else { return nil }
    let applied = rules.reduce(0) { $0 + $1.rowCount }
    let broken = rules.reduce(0) { $0 + $1.brokenCount }
    let reference =
      hasHoldout && holdout.applied > 0 ? Double(holdout.broken) / Double(holdout.applied) : 0
    let worst = rules.enumerated().filter { $0.element.brokenCount > 0 }.sorted {
      ($1.element.brokenCount, $0.offset) < ($0.element.brokenCount, $1.offset)
    }.prefix(Self.maximumListed).map(\.element)
    guard applied > 0 else {
      return SkipRuleFidelity(
        ruleCount: rules.count,
        violations: Score(notComputable: "no synthetic row holds a level that a rule is about"),
        worst: [])
    }
    return SkipRuleFidelity(
      ruleCount: rules.count,
      violations: Score(
        Double(broken) / Double(applied), reference: reference,
        note: hasHoldout ? nil : "a rule is what no real row breaks, so the reference is 0"),
      worst: Array(worst))
  }

  /// For each level of one column its rows, and those in which the other column is present.
  private static func counts(
    _ decider: AlignedColumn, _ column: AlignedColumn, _ side: Int
  ) -> [(rows: Int, present: Int)] {
    var counts = [(rows: Int, present: Int)](
      repeating: (0, 0), count: decider.levels.count + 1)
    for (code, own) in zip(decider.sides[side].codes, column.sides[side].codes) {
      counts[Int(code)].rows += 1
      if own != 0 { counts[Int(code)].present += 1 }
    }
    return counts
  }
}
