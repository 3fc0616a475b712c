// SPDX-License-Identifier: Apache-2.0
public import Randomness
public import Schemas
public import Synthesis
public import Tables

/// A model that makes only rows which satisfy a condition.
///
/// Where parts of the condition ask single variables, these are drawn among what satisfies it and weights
/// make up for it (`WeightedCondition`); otherwise rows are drawn again until they do.
public struct ConditionedModel: Model {
  /// The model that draws.
  public let base: any Model
  private let route: Route

  private enum Route: Sendable {
    case weighted(WeightedCondition)
    case drawnAgain(ConditionedRows)
  }

  /// The variables of the rows it makes.
  public var schema: Schema { base.schema }
  /// What was done to fit it.
  public var plan: Plan { base.plan }
  /// The rows it was fitted on.
  public var fittedRowCount: Int { base.fittedRowCount }

  /// The share of the model's draws that satisfy the condition.
  public var rate: Double {
    switch route {
    case .weighted(let condition): condition.rate
    case .drawnAgain(let rows): rows.rate
    }
  }

  /// How well rows are founded, where weights choose them.
  public var effort: Effort? {
    guard case .weighted(let condition) = route else { return nil }
    return Effort(
      effectiveShare: condition.efficiency, candidatesPerRow: condition.candidateCount)
  }

  /// How many candidates rows cost, and what these are worth.
  public struct Effort: Hashable, Sendable {
    /// The effective sample size of a candidate, in 0...1.
    public var effectiveShare: Double
    /// How many candidates a row needs on average.
    public var candidatesPerRow: Double
  }

  /// Reads a condition for a model.
  ///
  /// - Throws: `DataError` if it is not understood, or hardly a draw of the model satisfies it.
  public init(
    _ base: any Model, where condition: String, seed: String, threads: Int = 1
  ) throws(DataError) {
    self.base = base
    if let weighted = try WeightedCondition(condition, base: base, seed: seed, threads: threads) {
      route = .weighted(weighted)
      return
    }
    route = .drawnAgain(
      try ConditionedRows(
        condition, schema: base.schema,
        keeping: Set(base.plan.steps.filter { $0.action == .regenerated }.map(\.variable)),
        seed: seed
      ) { rows, key in base.sample(rows: rows, key: key, threads: threads) })
  }

  /// Returns rows of the run named by a key, all of which satisfy the condition.
  public func sample(rows: Range<Int>, key: RandomKey, threads: Int) -> Table {
    switch route {
    case .weighted(let condition):
      condition.table(rows: rows, base: base, key: key, threads: threads)
    case .drawnAgain(let conditioned):
      // The estimate made sure that a row without a candidate is one in thousands of millions; such a row
      // keeps its first draw, and the check of the contract counts it.
      (try? conditioned.table(rows: rows, key: key))
        ?? base.sample(rows: rows, key: key, threads: threads)
    }
  }

  /// Says what the model holds, variable by variable.
  public func inventory() -> [ModelHolding] { base.inventory() }

  /// Says what gives the values of a variable before rows are chosen.
  public func explanation(of variable: String) -> [String] { base.explanation(of: variable) }

  /// A share in words, to a tenth of a per cent.
  static func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }

  /// The rows of a table, real or not, that satisfy the condition.
  public func satisfied(_ table: Table) -> Table {
    switch route {
    case .weighted(let condition): table.selecting(rows: condition.satisfied(table))
    case .drawnAgain(let conditioned): table.selecting(rows: conditioned.satisfied(table))
    }
  }
}
