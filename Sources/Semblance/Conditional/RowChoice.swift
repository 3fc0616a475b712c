// SPDX-License-Identifier: Apache-2.0
import Randomness
import Synthesis
import Tables

/// Rows that are drawn again, each for itself, until they are accepted.
///
/// Row *i* is the first that is accepted among its own candidates: first row *i* of the run, then blocks of
/// further draws whose place follows from *i* alone. So it stays one function of key and *i*, whatever rows
/// are asked for with it.
struct RowChoice: Sendable {
  typealias Draw = @Sendable (Range<Int>, RandomKey) throws(DataError) -> Table
  /// Says of rows of a run whether they are accepted.
  typealias Acceptance = @Sendable (Table, Range<Int>, RandomKey) -> [Bool]

  /// The further candidates of a row, block by block; 21,845 in all.
  ///
  /// Where one draw in a thousand is accepted, a row finds none among so many with a chance of e^−21.8, 3 in
  /// 10¹⁰.
  static let blocks = [4, 16, 64, 256, 1024, 4096, 16_384]
  /// The least share of draws that must be accepted.
  static let leastRate = 0.001
  /// The draws that the share is estimated from.
  static let pilotCount = 20_000
  /// Replications from here on are candidates.
  static let firstReplication = 2_000_000
  /// The most candidates held at once.
  private static let chunkSize = 1 << 18

  /// Columns that keep the values of the row's first draw, such as identifiers, which are distinct only among
  /// themselves.
  let kept: Set<String>
  /// Draws rows of a run.
  let draw: Draw
  /// Which of them are accepted.
  let accepts: Acceptance

  /// The rows of a run, and how many found no candidate; these keep their first draw.
  func table(rows: Range<Int>, key: RandomKey) throws(DataError) -> (table: Table, openCount: Int) {
    var table = try draw(rows, key)
    let columns = Set(table.columnNames).subtracting(kept)
    var open = accepts(table, rows, key).enumerated().filter { !$0.element }
      .map { rows.lowerBound + $0.offset }
    for (stage, size) in Self.blocks.enumerated() where !open.isEmpty {
      let stageKey = RandomKey(
        seed: key.seed,
        replication: Self.firstReplication + 100 * key.replication + stage)
      var left: [Int] = []
      for run in RowRuns.of(open, longest: max(1, Self.chunkSize / size)) {
        let numbers = run.lowerBound * size..<run.upperBound * size
        let candidates = try draw(numbers, stageKey)
        let verdicts = accepts(candidates, numbers, stageKey)
        var found: [(row: Int, candidate: Int)] = []
        for row in run {
          let first = (row - run.lowerBound) * size
          if let place = (first..<first + size).first(where: { verdicts[$0] }) {
            found.append((row, place))
          } else {
            left.append(row)
          }
        }
        table = table.replacing(
          rows: found.map { $0.row - rows.lowerBound },
          by: candidates.selecting(rows: found.map(\.candidate)), columns: columns)
      }
      open = left
    }
    return (table, open.count)
  }
}
