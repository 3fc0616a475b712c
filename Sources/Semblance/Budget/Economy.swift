// SPDX-License-Identifier: Apache-2.0

/// What a run gave up to keep its budget; a manifest keeps it, so that the run can be made again.
struct Economy: Hashable, Sendable {
  /// The rows that are measured; `nil` for all, 0 for none.
  var measuredRows: Int?
  /// The most predictors of a variable; `nil` for as many as were asked for.
  var maximumPredictorCount: Int?
  /// The real rows that are fitted; `nil` for all.
  var fittedRows: Int?
  /// The most further attempts at a broken contract; `nil` for as many as usual.
  var repairCount: Int?
  /// What was given up, one clause each.
  var givenUp: [String] = []

  /// Takes what was decided before fitting; the rows to measure are chosen later.
  mutating func take(_ allocation: BudgetAllocation) {
    maximumPredictorCount = allocation.maximumPredictorCount
    fittedRows = allocation.fittedRows
    givenUp = allocation.givenUpInFitting
  }

  /// Takes how many rows were measured in the end.
  mutating func measure(rows: Int) {
    measuredRows = rows
    givenUp.append(BudgetAllocation.words(measuredRows: rows))
  }
}
