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

  /// Takes what was decided before fitting.
  mutating func take(_ allocation: BudgetAllocation) {
    measuredRows = allocation.measuredRows ?? measuredRows
    maximumPredictorCount = allocation.maximumPredictorCount
    fittedRows = allocation.fittedRows ?? fittedRows
    givenUp = allocation.givenUp
  }

  /// Decides again, after fitting, what is measured.
  mutating func measure(_ size: Forecast.Size, within seconds: Double, speed: Double) {
    guard measuredRows != 0, size.measuredRows > 0 else { return }
    var size = size
    size.measuredRows = min(measuredRows ?? size.measuredRows, size.measuredRows)
    func rest(_ rows: Int) -> Double {
      size.measuredRows = rows
      let forecast = Forecast(size, speed: speed)
      return forecast.drawing + forecast.measuring + forecast.writing
    }
    let limit = seconds * BudgetAllocation.share
    let known = size.measuredRows
    guard rest(known) > limit else { return }
    let rows = [20_000, 10_000, 5000, 2000, 1000].first { $0 < known && rest($0) <= limit } ?? 0
    measuredRows = rows
    givenUp.removeAll { $0.hasPrefix("measuring") }
    givenUp.append(
      rows == 0
        ? "measuring of fidelity and risk"
        : "measuring of all rows: \(rows) drawn ones are measured")
  }
}
