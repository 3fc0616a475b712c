// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// A time as it is written: 30s, 5m, 1h, 1500ms; a bare number is seconds.
struct TimeBudget: ExpressibleByArgument {
  /// The time in seconds.
  let seconds: Double

  /// Reads a time; `nil` for anything else.
  init?(argument: String) {
    let units = [("ms", 0.001), ("s", 1.0), ("m", 60), ("h", 3600)]
    let unit = units.first { argument.hasSuffix($0.0) }
    let digits = unit.map { argument.dropLast($0.0.count) } ?? argument[...]
    guard let number = Double(digits), number > 0, number.isFinite else { return nil }
    seconds = number * (unit?.1 ?? 1)
  }
}
