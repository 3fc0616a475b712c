// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Schemas

/// Groups of which one real record holds more than half of a total that the synthetic table reproduces.
///
/// The total of such a group says what that record's value is. A total is reproduced if it is within 10 %,
/// brought to the same number of rows. The reference is how often the rows of a control reproduce it.
///
/// ## Source
/// The group-of-one ownership of `reference/disclosure.md` §9 (e).
struct GroupOwnership {
  static let ownedShare = 0.5
  static let tolerance = 0.1
  /// The most levels of a column that makes groups.
  static let maximumLevels = 1000

  let score: Score
  let findings: [DisclosureReport.Finding]

  init(_ tables: ComparedTables, trialCount: Int) {
    var (owned, reproduced, freshOwned, freshReproduced) = (0, 0, 0, 0)
    var rows: [String: Set<Int>] = [:]
    for group in tables.columns
    where !group.isContinuous && (2...Self.maximumLevels).contains(group.levels.count) {
      for value in tables.columns where value.isContinuous {
        guard value.kind == .number || value.kind == .wholeNumber,
          let real = Totals(group, value, side: 0), let synthetic = Totals(group, value, side: 1)
        else { continue }
        // A control that is a holdout is no part of the real rows; halves are compared with each other.
        let pair =
          trialCount > 0
          ? (Totals(group, value, side: 2), Totals(group, value, side: 3)) : (nil, nil)
        for level in 1...group.levels.count where real.isOwned(level) {
          owned += 1
          if real.isReproduced(level, by: synthetic) {
            reproduced += 1
            let held = group.sides[1].codes.indices.filter {
              group.sides[1].codes[$0] == UInt32(level)
            }
            rows["\(group.name)\u{0}\(value.name)", default: []].formUnion(held)
          }
        }
        if let training = pair.0, let control = pair.1 {
          for level in 1...group.levels.count where training.isOwned(level) {
            freshOwned += 1
            if training.isReproduced(level, by: control) { freshReproduced += 1 }
          }
        }
      }
    }
    findings = rows.sorted { $0.key < $1.key }.map { key, rows in
      .init(
        kind: "total of a group that one real record makes is reproduced within 10 %",
        columns: key.split(separator: "\u{0}").map(String.init), rows: rows.sorted().map { $0 + 1 })
    }
    guard owned > 0 else {
      score = Score(notComputable: "no real record makes more than half of a group’s total")
      return
    }
    let n = Double(owned)
    let share = Double(reproduced) / n
    let note = "of \(owned) groups in which one record makes more than half of a total"
    guard freshOwned > 0 else {
      score = Score(share, note: note)
      return
    }
    let reference = Double(freshReproduced) / Double(freshOwned)
    let smoothed = (Double(freshReproduced) + 1) / (Double(freshOwned) + 2)
    let error = (smoothed * (1 - smoothed) * (1 / n + 1 / Double(freshOwned))).squareRoot()
    score = Score(
      share, reference: reference, limit: min(1, smoothed + FreshShare.point * error), note: note)
  }

  /// The total and the greatest value of each group, per row of the table.
  private struct Totals {
    private var sums: [Double]
    private var most: [Double]
    private let rowCount: Double

    /// `nil` if a value is below 0, so that shares of a total mean nothing.
    init?(_ group: AlignedColumn, _ value: AlignedColumn, side: Int) {
      let (codes, values) = (group.sides[side].codes, value.sides[side])
      guard !codes.isEmpty, !values.presentValues.contains(where: { $0 < 0 }) else { return nil }
      rowCount = Double(codes.count)
      sums = [Double](repeating: 0, count: group.levels.count + 1)
      most = sums
      for (row, code) in codes.enumerated() where code != 0 && values.codes[row] != 0 {
        sums[Int(code)] += values.values[row]
        most[Int(code)] = max(most[Int(code)], values.values[row])
      }
    }

    func isOwned(_ level: Int) -> Bool {
      sums[level] > 0 && most[level] > GroupOwnership.ownedShare * sums[level]
    }

    func isReproduced(_ level: Int, by other: Totals) -> Bool {
      let total = other.sums[level] * rowCount / other.rowCount
      return (total - sums[level]).magnitude <= GroupOwnership.tolerance * sums[level]
    }
  }
}
