// SPDX-License-Identifier: Apache-2.0

/// What a run gives up so that it ends within a time, decided before it fits.
///
/// What is given up first costs the released rows nothing: rows that are measured, then measuring
/// altogether; only then predictors, and last of all real rows. How many rows are measured is decided
/// again when it is known what fitting took (`MeasurePace`).
public struct BudgetAllocation: Hashable, Sendable {
  /// The share of a budget that forecasts may use up; the rest is for their errors.
  static let share = 0.8
  private static let predictorCounts = [30, 20, 15, 10, 7, 5, 3, 2]
  private static let fewestRows = 500
  static let fewestMeasuredRows = 500

  /// The rows that are measured; `nil` for all, 0 for none.
  public var measuredRows: Int?
  /// The most predictors of a variable; `nil` for as many as were asked for.
  public var maximumPredictorCount: Int?
  /// The real rows that are fitted; `nil` for all.
  public var fittedRows: Int?
  /// What fitting gives up, one clause each.
  public var givenUpInFitting: [String] = []
  /// What was given up, one clause each.
  public var givenUp: [String] {
    (measuredRows.map { [Self.words(measuredRows: $0)] } ?? []) + givenUpInFitting
  }
  /// The forecast of what is left to do.
  public var forecast: Forecast
  /// Seconds by which the forecast is beyond the budget, when all is given up that can be; 0 if it is
  /// not.
  public var secondsMissing: Double

  /// Decides what to give up.
  ///
  /// - Parameters:
  ///   - size: The run as it was asked for.
  ///   - seconds: The time that is left.
  ///   - speed: How many seconds go by here for each second of work that is foretold.
  public init(for size: Forecast.Size, within seconds: Double, speed: Double) {
    let limit = seconds * Self.share
    var size = size
    func takes(_ size: Forecast.Size) -> Double { Forecast(size, speed: speed).seconds }
    let asked = size.measuredRows
    if takes(size) > limit, asked > 0 {
      let rows = Self.most(from: Self.fewestMeasuredRows, upTo: asked) { rows in
        var smaller = size
        smaller.measuredRows = rows
        return takes(smaller) <= limit
      }
      size.measuredRows = rows ?? 0
      measuredRows = size.measuredRows
    }
    for count in Self.predictorCounts
    where takes(size) > limit && count < min(size.maximumPredictorCount, size.learnedColumns) {
      size.maximumPredictorCount = count
      maximumPredictorCount = count
    }
    if let count = maximumPredictorCount {
      givenUpInFitting.append("predictors: at most \(count) for each variable")
    }
    let all = size.realRows
    if takes(size) > limit, all > Self.fewestRows {
      let rows =
        Self.most(from: Self.fewestRows, upTo: all) { rows in
          var smaller = size
          smaller.realRows = rows
          return takes(smaller) <= limit
        } ?? Self.fewestRows
      size.realRows = rows
      fittedRows = rows
      givenUpInFitting.append(
        "fitting of all rows: \(rows) of \(all), drawn at random, are fitted")
    }
    forecast = Forecast(size, speed: speed)
    secondsMissing = max(0, forecast.seconds - seconds)
  }

  static func words(measuredRows rows: Int) -> String {
    rows == 0
      ? "measuring of fidelity and risk" : "measuring of all rows: \(rows) drawn ones are measured"
  }

  /// The largest number in a range that is permitted, in two figures; `nil` if the least is not.
  static func most(from least: Int, upTo greatest: Int, _ permits: (Int) -> Bool) -> Int? {
    guard least <= greatest, permits(least) else { return nil }
    var (low, high) = (least, greatest + 1)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if permits(middle) { low = middle } else { high = middle }
    }
    guard low < greatest else { return low }
    // No more figures than the clock is worth.
    var unit = 1
    while low / unit >= 100 { unit *= 10 }
    return max(least, low / unit * unit)
  }
}
