// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Schemas
import Synthesis
import Tables

/// Rows that satisfy a condition, each drawn again for itself until it does.
struct ConditionedRows: Sendable {
  typealias Draw = RowChoice.Draw

  /// The condition as it is written.
  let text: String
  /// The share of draws that satisfy it.
  let rate: Double
  private let rule: Rule
  private let choice: RowChoice

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
      0..<RowChoice.pilotCount,
      RandomKey(seed: seed, replication: EvaluationKeys.pilotReplication))
    let rule = try Rule(
      text, in: FormulaScope(pilot, schema: schema), at: SourcePlace(file: "--where"))
    let hits = rule.verdicts(FormulaData(pilot)).count { $0 == true }
    rate = Double(hits) / Double(RowChoice.pilotCount)
    guard rate >= RowChoice.leastRate else {
      throw DataError(
        "\(hits == 0 ? "none" : String(hits)) of \(RowChoice.pilotCount) rows drawn satisfy the condition",
        file: "--where",
        remedy:
          "Loosen the condition to one that at least 1 row in 1000 satisfies; cases that the generator "
          + "hardly makes are better made plentiful by `balance` in a contract, or by hand.")
    }
    self.text = text
    self.rule = rule
    choice = RowChoice(kept: kept, draw: draw) { table, _, _ in
      rule.verdicts(FormulaData(table)).map { $0 == true }
    }
  }

  /// The rows of a run.
  func table(rows: Range<Int>, key: RandomKey) throws(DataError) -> Table {
    let (table, openCount) = try choice.table(rows: rows, key: key)
    guard openCount == 0 else {
      throw DataError(
        "\(openCount) rows found no draw that satisfies the condition", file: "--where",
        remedy: "Loosen the condition, or choose another seed.")
    }
    return table
  }

  /// The rows of a table that satisfy the condition.
  func satisfied(_ table: Table) -> [Int] {
    rule.verdicts(FormulaData(table)).enumerated().filter { $0.element == true }.map(\.offset)
  }
}
