// SPDX-License-Identifier: Apache-2.0

/// What a run gives up so that it ends within a time.
///
/// What is given up first costs the released rows nothing: rows that are measured, then measuring
/// altogether; only then predictors, and last of all real rows. A choice of methods has its share of what
/// is left (``secondsLeft``).
public struct BudgetAllocation: Hashable, Sendable {
  /// The share of a budget that forecasts may use up; the rest is for their errors.
  static let share = 0.8
  private static let measuredRows = [20_000, 10_000, 5000, 2000, 1000]
  private static let predictorCounts = [20, 10, 5, 2]
  private static let fewestRows = 500

  /// The rows that are measured; `nil` for all, 0 for none.
  public var measuredRows: Int?
  /// The most predictors of a variable; `nil` for as many as were asked for.
  public var maximumPredictorCount: Int?
  /// The real rows that are fitted; `nil` for all.
  public var fittedRows: Int?
  /// What was given up, one clause each.
  public var givenUp: [String] = []
  /// The forecast of what is left to do.
  public var forecast: Forecast
  /// Seconds of the budget that the forecast leaves free.
  public var secondsLeft: Double

  /// Decides what to give up.
  ///
  /// - Parameters:
  ///   - size: The run as it was asked for.
  ///   - seconds: The time that is left.
  ///   - speed: How much slower than forecasts this machine is.
  public init(for size: Forecast.Size, within seconds: Double, speed: Double) {
    let limit = seconds * Self.share
    var size = size
    var forecast = Forecast(size, speed: speed)
    let asked = size.measuredRows
    for rows in Self.measuredRows where forecast.seconds > limit && rows < size.measuredRows {
      size.measuredRows = rows
      forecast = Forecast(size, speed: speed)
    }
    if forecast.seconds > limit, asked > 0 {
      size.measuredRows = 0
      forecast = Forecast(size, speed: speed)
    }
    if size.measuredRows != asked {
      measuredRows = size.measuredRows
      givenUp.append(
        size.measuredRows == 0
          ? "measuring of fidelity and risk"
          : "measuring of all rows: \(size.measuredRows) drawn ones are measured")
    }
    for count in Self.predictorCounts
    where forecast.seconds > limit && count < size.maximumPredictorCount {
      size.maximumPredictorCount = count
      maximumPredictorCount = count
      forecast = Forecast(size, speed: speed)
    }
    if let count = maximumPredictorCount {
      givenUp.append("predictors: at most \(count) for each variable")
    }
    let all = size.realRows
    while forecast.seconds > limit, size.realRows / 2 >= Self.fewestRows {
      size.realRows /= 2
      fittedRows = size.realRows
      forecast = Forecast(size, speed: speed)
    }
    if let fittedRows {
      givenUp.append("fitting of all rows: \(fittedRows) of \(all), drawn at random, are fitted")
    }
    self.forecast = forecast
    secondsLeft = max(0, seconds - forecast.seconds)
  }
}
