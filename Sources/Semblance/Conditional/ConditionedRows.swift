// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Schemas
import Synthesis
import Tables

/// Rows that satisfy a condition, each drawn again for itself until it does.
///
/// Row *i* is the first that satisfies the condition among its own candidates: first row *i* of the run,
/// then blocks of further draws whose place follows from *i* alone. So it stays one function of key and
/// *i*, whatever rows are asked for with it.
struct ConditionedRows: Sendable {
  typealias Draw = @Sendable (Range<Int>, RandomKey) throws(DataError) -> Table

  /// The further candidates of a row, block by block; 21,845 in all.
  ///
  /// A row of a condition that one draw in a thousand satisfies finds none among so many with a chance
  /// of e^−21.8, 3 in 10¹⁰.
  static let blocks = [4, 16, 64, 256, 1024, 4096, 16_384]
  /// The least share of draws that must satisfy a condition.
  static let leastRate = 0.001
  /// The draws that the share is estimated from.
  static let pilotCount = 20_000
  /// Replications from here on are candidates.
  static let firstReplication = 2_000_000
  /// The most candidates held at once.
  private static let chunkSize = 1 << 18

  /// The condition as it is written.
  let text: String
  /// The share of draws that satisfy it.
  let rate: Double
  private let rule: Rule
  private let kept: Set<String>
  private let draw: Draw

  /// Reads the condition and finds out how many draws satisfy it.
  ///
  /// - Parameters:
  ///   - text: The condition.
  ///   - schema: What the columns mean.
  ///   - kept: Columns that keep the values of the row's first draw, such as identifiers, which are
  ///     distinct only among themselves.
  ///   - seed: Names the draws of the estimate.
  ///   - draw: Draws rows of a run.
  /// - Throws: `DataError` if the condition is not understood, or hardly a draw satisfies it.
  init(
    _ text: String, schema: Schema, keeping kept: Set<String>, seed: String, draw: @escaping Draw
  ) throws(DataError) {
    let pilot = try draw(
      0..<Self.pilotCount, RandomKey(seed: seed, replication: EvaluationKeys.pilotReplication))
    rule = try Rule(
      text, in: FormulaScope(pilot, schema: schema), at: SourcePlace(file: "--where"))
    let hits = rule.verdicts(FormulaData(pilot)).count { $0 == true }
    rate = Double(hits) / Double(Self.pilotCount)
    guard rate >= Self.leastRate else {
      throw DataError(
        "\(hits == 0 ? "none" : String(hits)) of \(Self.pilotCount) rows drawn satisfy the condition",
        file: "--where",
        remedy:
          "Loosen the condition to one that at least 1 row in 1000 satisfies; cases that the generator "
          + "hardly makes are better made plentiful by `balance` in a contract, or by hand.")
    }
    self.text = text
    self.kept = kept
    self.draw = draw
  }

  /// The rows of a run.
  func table(rows: Range<Int>, key: RandomKey) throws(DataError) -> Table {
    var table = try draw(rows, key)
    let columns = Set(table.columnNames).subtracting(kept)
    var open = unsatisfied(table).map { rows.lowerBound + $0 }
    for (stage, size) in Self.blocks.enumerated() where !open.isEmpty {
      let stageKey = RandomKey(
        seed: key.seed,
        replication: Self.firstReplication + 100 * key.replication + stage)
      var left: [Int] = []
      for run in RowRuns.of(open, longest: max(1, Self.chunkSize / size)) {
        let candidates = try draw(run.lowerBound * size..<run.upperBound * size, stageKey)
        let verdicts = rule.verdicts(FormulaData(candidates))
        var found: [(row: Int, candidate: Int)] = []
        for row in run {
          let first = (row - run.lowerBound) * size
          if let place = (first..<first + size).first(where: { verdicts[$0] == true }) {
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
    guard open.isEmpty else {
      throw DataError(
        "\(open.count) rows found no draw that satisfies the condition", file: "--where",
        remedy: "Loosen the condition, or choose another seed.")
    }
    return table
  }

  /// The rows of a table that satisfy the condition.
  func satisfied(_ table: Table) -> [Int] {
    rule.verdicts(FormulaData(table)).enumerated().filter { $0.element == true }.map(\.offset)
  }

  private func unsatisfied(_ table: Table) -> [Int] {
    rule.verdicts(FormulaData(table)).enumerated().filter { $0.element != true }.map(\.offset)
  }
}
