// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness

/// The rows of one trial that distances are measured on: equally many of training and control.
///
/// More training rows than control rows would lie nearer by number alone, so the larger side is cut
/// to the smaller one. Large tables are sampled; ``isSampled`` says so.
struct TrialRows: Sendable {
  /// The most rows searched on either side.
  static let maximumCandidateCount = 50_000
  /// The most pairs of rows compared in one search.
  static let maximumPairCount = 300_000_000

  let training: QuantizedTable
  let control: QuantizedTable
  let synthetic: QuantizedTable
  /// Whether rows were left out.
  let isSampled: Bool

  /// Chooses the rows of a trial; `nil` if one of its tables is empty.
  init?(_ quantizer: Quantizer, tables: ComparedTables, trial: Int, key: RandomKey) {
    let first = 2 + 3 * trial
    let counts = tables.rowCounts[first..<first + 3]
    guard counts.allSatisfy({ $0 > 0 }) else { return nil }
    let size = min(counts[first], counts[first + 1], Self.maximumCandidateCount)
    let queryCount = min(counts[first + 2], max(1000, Self.maximumPairCount / (2 * size)))
    func rows(_ table: Int, _ count: Int) -> QuantizedTable {
      var stream = key.stream(
        path: ["disclosure", "trial", String(trial), String(table - first)]
      ).stream(entity: 0)
      return quantizer.table(
        table, rows: Draws.sample(count, of: tables.rowCounts[table], using: &stream))
    }
    training = rows(first, size)
    control = rows(first + 1, size)
    synthetic = rows(first + 2, queryCount)
    isSampled = size < min(counts[first], counts[first + 1]) || queryCount < counts[first + 2]
  }
}
