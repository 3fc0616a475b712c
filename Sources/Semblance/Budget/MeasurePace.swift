// SPDX-License-Identifier: Apache-2.0

/// How many rows can be measured in the time that is left.
///
/// A few rows are measured first where all would take too long. What they took corrects the forecast, and
/// then as many are measured as the rest of the time allows.
struct MeasurePace {
  /// The share of the time that measuring a few rows may take.
  private static let firstShare = 0.15
  /// How much longer than foretold measuring may take before a run is late.
  private static let firstCaution = 1.4
  private static let caution = 1.2
  /// The pace of fitting, times this, below which boosted twins of few rows do not bring it: on so few nothing is
  /// boosted, and on half of the rows boosting takes more than half of the time.
  private static let leastPace = 1.1
  private static let reserveCaution = 1.5
  /// What measuring anew must add to be worth its time.
  static let worthwhile = 1.3

  /// The run; its measured rows are those that were asked for.
  let size: Forecast.Size
  /// How often rows are measured: twice where a remedy is compared with what was before.
  let passes: Double
  /// Seconds that go by for each second of work that is foretold.
  private(set) var speed: Double
  /// Whether methods are chosen within a time, so that fitting is foretold by that only.
  private let isSearched: Bool
  private var isCorrected = false

  /// Seconds to keep for what comes after measuring: checking and writing.
  var reserve: Double {
    let rest = Forecast(size, speed: speed)
    return (rest.checking + rest.writing) * Self.reserveCaution + 0.01
  }

  init(_ size: Forecast.Size, passes: Int, speed: Double, isSearched: Bool = false) {
    self.isSearched = isSearched
    self.size = size
    self.passes = Double(passes)
    self.speed = speed
  }

  /// Seconds that measuring some rows will take.
  func seconds(rows: Int) -> Double {
    var size = size
    size.measuredRows = rows
    return Forecast(size, speed: speed).measuring * passes
      * (isCorrected ? Self.caution : Self.firstCaution)
  }

  /// Whether all rows can be measured at once.
  func permitsAll(within seconds: Double) -> Bool {
    self.seconds(rows: size.measuredRows) <= seconds
  }

  /// The rows to begin with; `nil` if there is no time for any.
  func first(within seconds: Double) -> Int? {
    let least = min(BudgetAllocation.fewestMeasuredRows, size.measuredRows)
    let few = BudgetAllocation.most(from: least, upTo: size.measuredRows) {
      self.seconds(rows: $0) <= seconds * Self.firstShare
    }
    return few ?? (self.seconds(rows: least) <= seconds ? least : nil)
  }

  /// The most rows for the rest of the time.
  func most(within seconds: Double) -> Int? {
    BudgetAllocation.most(
      from: min(BudgetAllocation.fewestMeasuredRows, size.measuredRows), upTo: size.measuredRows
    ) { self.seconds(rows: $0) <= seconds }
  }

  /// Learns from what fitting took, within bounds: it is but one of the steps.
  mutating func correct(fitting seconds: Double) {
    let foretold = Forecast(size, speed: speed).fitting
    guard foretold > 0 else { return }
    let bounds = isSearched ? (0.02, 50) : (0.6, 2.5)
    speed *= min(max(seconds / foretold, bounds.0), bounds.1)
  }

  /// Learns from what measuring some rows took.
  mutating func correct(rows: Int, took seconds: Double) {
    var size = size
    size.measuredRows = rows
    let foretold = Forecast(size).measuring * passes
    if foretold > 0, seconds > 0 {
      speed = max(seconds / foretold, isSearched ? Self.leastPace * speed : 0)
    }
    isCorrected = true
  }
}
