// SPDX-License-Identifier: Apache-2.0

/// The numbers of the forecast, in seconds of one core of the machine of `Benchmarks/RESULTS.md`.
///
/// ## Source
/// Non-negative least squares of relative errors over recorded runs: `Benchmarks/contracts/calibrate.py`.
enum ForecastConstants {
  static let fitBase = 0.000939
  static let fitCell = 1.1e-7
  static let fitText = 8.96e-8
  static let fitPairRow = 1.46e-8
  static let fitPair = 2.47e-6
  static let fitColumn = 0.000854
  static let screenPairRow = 8.01e-10
  static let boostPairRow = 3.2e-5
  static let boostColumn = 0.0136
  static let boostDrawCell = 5.6e-6
  static let drawCell = 5.58e-8
  static let drawText = 5.95e-8
  static let measureBase = 0.00113
  static let measureCell = 2.42e-7
  static let measureText = 2.38e-9
  static let measureScalePairRow = 1.55e-7
  static let measurePair = 3.86e-6
  static let measurePairCell = 3.25e-9
  static let searchedCell = 6.06e-11
  static let checkCell = 1.6e-8
  static let writeBase = 0.0213
  static let writeCell = 5.78e-7
  static let writeText = 2.3e-7
  static let writeColumn = 0.000518
  static let writeOtherCell = 5.97e-7
  static let writePair = 1.11e-5
  static let memoryBase = 25.0
  static let memoryCell = 4e-5
  static let memoryPair = 4e-4
  /// What the known task takes.
  static let taskSeconds = 0.004
}
