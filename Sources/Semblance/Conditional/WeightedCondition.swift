// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Schemas
import Synthesis
import Tables

/// A condition whose parts decide which bins are drawn from, so that rare cases cost little more than common
/// ones.
struct WeightedCondition: Sendable {
  private let tuning: ConditionTuning
  private let rule: Rule

  /// The share of the model's draws that satisfy the condition.
  var rate: Double { tuning.rate }
  /// The effective sample size of a candidate, in 0...1.
  var efficiency: Double { tuning.efficiency }
  /// How many candidates a row needs on average.
  var candidateCount: Double { tuning.candidateCount }

  /// Reads a condition for a model.
  ///
  /// - Returns: `nil` if the model can give no chances, or the condition says nothing of single variables
  ///   that it draws.
  /// - Throws: `DataError` if the condition is not understood, or no draw can satisfy it.
  init?(
    _ text: String, base: any Model, seed: String, threads: Int
  ) throws(DataError) {
    guard let model = base.conditionable, model.refusal == nil else { return nil }
    let place = SourcePlace(file: "--where")
    // A row of the model shows how its columns are stored, and all their levels.
    let scope = FormulaScope(
      base.sample(rows: 0..<1, key: RandomKey(seed: seed), threads: 1), schema: base.schema)
    rule = try Rule(text, in: scope, at: place)
    let expression = try Expression(parsing: text, at: place)
      .joiningPaths(to: Set(base.schema.variables.map(\.name)))
    let made = Set(model.frame.regenerations.map(\.name))
    guard let parts = ConditionParts(expression, model: model),
      !expression.names.contains(where: { made.contains($0.first ?? "") })
    else { return nil }
    var accepts: (@Sendable (Table) -> [Bool])?
    if !parts.isWhole {
      accepts = { [rule] table in rule.verdicts(FormulaData(table)).map { $0 == true } }
    }
    let remedy =
      "Loosen the condition; cases that the generator hardly makes are better made plentiful by "
      + "`balance` in a contract, or by hand."
    let tuning: ConditionTuning
    do {
      tuning = try ConditionTuning(
        model, parts.conditions, accepts: accepts,
        key: RandomKey(seed: seed, replication: EvaluationKeys.pilotReplication), threads: threads)
    } catch {
      throw DataError(
        "no row that the generator draws satisfies the condition", file: "--where",
        column: error.variable, remedy: remedy)
    }
    guard tuning.candidateCount <= ConditionTuning.mostCandidates else {
      throw DataError(
        "hardly a row that the generator draws satisfies the condition", file: "--where",
        remedy: remedy)
    }
    self.tuning = tuning
  }

  /// The rows of a run.
  func table(rows: Range<Int>, base: any Model, key: RandomKey, threads: Int) -> Table {
    base.completing(
      tuning.run.rows(rows, key: key, threads: threads).table, rows: rows, key: key)
  }

  /// The rows of a table that satisfy the condition.
  func satisfied(_ table: Table) -> [Int] {
    rule.verdicts(FormulaData(table)).enumerated().filter { $0.element == true }.map(\.offset)
  }
}
