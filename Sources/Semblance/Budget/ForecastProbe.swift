// SPDX-License-Identifier: Apache-2.0
import Contracts
import Schemas
import Tables
import TreeSynthesis

/// Fits some rows and columns, to learn how fast this table is fitted on this machine.
struct ForecastProbe {
  /// The share of a run that a probe may take.
  private static let share = 0.03
  private static let fewestRows = 200
  private static let mostColumns = 8
  /// Below this many seconds a clock tells too little.
  private static let leastSeconds = 0.004

  /// How many seconds on the clock go by for each second of work that is foretold; `nil` where there is
  /// no time to find out.
  let speed: Double?

  /// Fits a sample.
  ///
  /// - Parameters:
  ///   - size: The run as it is asked for.
  ///   - seconds: The time that is left for it.
  init(
    _ table: Table, schema: Schema, options: FitOptions, size: Forecast.Size, within seconds: Double
  ) {
    speed = Self.measured(table, schema, options, size, min(seconds, Forecast(size).seconds))
  }

  private static func measured(
    _ table: Table, _ schema: Schema, _ options: FitOptions, _ size: Forecast.Size,
    _ seconds: Double
  ) -> Double? {
    // Evenly over the columns, so that all kinds are among them.
    let learned = schema.variables.filter {
      $0.role != .identifier && $0.role != .key && $0.kind != .text
    }
    let step = max(1, learned.count / mostColumns)
    let names = Set(
      stride(from: 0, to: learned.count, by: step).prefix(mostColumns).map { learned[$0].name })
    var part = schema
    part.variables = schema.variables.filter { names.contains($0.name) }
    let columns = table.columns.filter { names.contains($0.name) }
    guard !columns.isEmpty else { return nil }
    var probe = size
    func foretold(_ rows: Int) -> Double {
      probe = Forecast.Size(
        realRows: rows, schema: part, syntheticRows: 0,
        maximumPredictorCount: size.maximumPredictorCount, measuredRows: 0,
        isBoosted: size.isBoosted)
      return Forecast(probe).fitting
    }
    var rows = table.rowCount
    while rows > fewestRows, foretold(rows) > share * seconds { rows = max(fewestRows, rows / 2) }
    let aim = foretold(rows)
    guard rows >= min(fewestRows, table.rowCount), aim <= 2 * share * seconds, aim >= leastSeconds
    else { return nil }
    let stride = table.rowCount / rows
    let sample = Table(columns: columns, rowCount: table.rowCount)
      .selecting(rows: (0..<rows).map { $0 * stride })
    var plain = options
    plain.plan = options.planOptions
    plain.method = size.isBoosted ? TreeSynthesizer.boostingMethod : TreeSynthesizer.method
    // What a contract says of the other columns does not concern these.
    plain.contract = nil
    let watch = Stopwatch()
    guard (try? Fit(sample, schema: part, options: plain)) != nil else { return nil }
    return watch.elapsed / aim
  }
}
