// SPDX-License-Identifier: Apache-2.0
public import Randomness
public import Schemas
public import Synthesis
public import Tables

/// A model that makes only rows which satisfy a condition.
public struct ConditionedModel: Model {
  /// The model that draws.
  public let base: any Model
  private let conditioned: ConditionedRows

  /// The variables of the rows it makes.
  public var schema: Schema { base.schema }
  /// What was done to fit it.
  public var plan: Plan { base.plan }
  /// The rows it was fitted on.
  public var fittedRowCount: Int { base.fittedRowCount }
  /// The share of the model's draws that satisfy the condition.
  public var rate: Double { conditioned.rate }

  /// Reads a condition for a model.
  ///
  /// - Throws: `DataError` if it is not understood, or hardly a draw of the model satisfies it.
  public init(
    _ base: any Model, where condition: String, seed: String, threads: Int = 1
  ) throws(DataError) {
    self.base = base
    conditioned = try ConditionedRows(
      condition, schema: base.schema,
      keeping: Set(base.plan.steps.filter { $0.action == .regenerated }.map(\.variable)),
      seed: seed
    ) { rows, key in base.sample(rows: rows, key: key, threads: threads) }
  }

  /// Returns rows of the run named by a key, all of which satisfy the condition.
  public func sample(rows: Range<Int>, key: RandomKey, threads: Int) -> Table {
    // The estimate made sure that a row without a candidate is one in thousands of millions; such a row
    // keeps its first draw, and the check of the contract counts it.
    (try? conditioned.table(rows: rows, key: key))
      ?? base.sample(rows: rows, key: key, threads: threads)
  }

  /// Says what the model holds, variable by variable.
  public func inventory() -> [ModelHolding] { base.inventory() }

  /// Says what gives the values of a variable before rows are chosen.
  public func explanation(of variable: String) -> [String] { base.explanation(of: variable) }

  /// A share in words, to a tenth of a per cent.
  static func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }

  /// The rows of a table, real or not, that satisfy the condition.
  public func satisfied(_ table: Table) -> Table {
    table.selecting(rows: conditioned.satisfied(table))
  }
}
