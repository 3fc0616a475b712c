// SPDX-License-Identifier: Apache-2.0
import Randomness
import Synthesis
import Tables

/// Further draws of single rows: draw `attempt` of row *i* is one function of model, seed, attempt and *i*.
struct RowRedraw {
  /// Replications from here on are further draws of single rows.
  static let firstReplication = 1_000_000
  /// Rows of one run of draws lie at most so far apart; those between are drawn in vain.
  private static let maximumGap = 256

  let model: any Model
  let seed: String
  let threads: Int

  /// Candidates for some ascending rows of a table, in order.
  ///
  /// What is made anew row by row, such as identifiers, keeps the values of the first draw: they are
  /// distinct only among themselves.
  func candidates(for rows: [Int], attempt: Int, of table: Table) -> Table {
    let key = RandomKey(seed: seed, replication: Self.firstReplication + attempt)
    let kept = Set(model.plan.steps.filter { $0.action == .regenerated }.map(\.variable))
    var candidates = table.selecting(rows: rows)
    var start = 0
    while start < rows.count {
      var end = start + 1
      while end < rows.count, rows[end] - rows[end - 1] <= Self.maximumGap { end += 1 }
      // A row is one function of key and number, so drawing the rows between changes nothing.
      let first = rows[start]
      let draws = model.sample(rows: first..<rows[end - 1] + 1, key: key, threads: threads)
        .selecting(rows: rows[start..<end].map { $0 - first })
      candidates = candidates.replacing(
        rows: Array(start..<end), by: draws,
        columns: Set(draws.columnNames).subtracting(kept))
      start = end
    }
    return candidates
  }
}
