// SPDX-License-Identifier: Apache-2.0

/// The numbers of the forecast, in seconds of one core of the machine of `Benchmarks/RESULTS.md`.
enum ForecastConstants {
  static let fitBase = 0.01
  static let fitCell = 4e-7
  static let fitPair = 6e-8
  static let fitPairFixed = 1e-4
  static let drawCell = 2e-7
  static let measureBase = 0.05
  static let measureCell = 2e-6
  static let measurePair = 1e-7
  static let measurePairFixed = 1e-4
  static let writeBase = 0.02
  static let writeCell = 3e-7
  static let writeColumn = 1e-3
  static let memoryBase = 30.0
  static let memoryCell = 4e-5
  /// What the known task takes.
  static let taskSeconds = 0.004
}
