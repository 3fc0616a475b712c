// SPDX-License-Identifier: Apache-2.0

/// The numbers of the forecast, in seconds of one core of the machine of `Benchmarks/RESULTS.md`.
///
/// ## Source
/// Non-negative least squares of relative errors over recorded runs: `Benchmarks/contracts/calibrate.py`.
enum ForecastConstants {
  static let fitBase = 0.00183
  static let fitCell = 1.37e-7
  static let fitWordyCell = 5.89e-7
  static let fitPairRow = 9.16e-9
  static let fitPair = 1.26e-6
  static let fitColumn = 0.000908
  static let screenPairRow = 4.34e-9
  static let boostPairRow = 3e-6
  static let boostPair = 5e-5
  static let boostColumn = 0.02
  static let drawCell = 5.21e-8
  static let drawWordyCell = 3.91e-7
  static let measureBase = 0.00153
  static let measureCell = 2.01e-7
  static let measureWordyCell = 2.58e-7
  static let measurePairRow = 0.0
  static let measureScalePairRow = 1.37e-7
  static let measurePair = 4.46e-6
  static let measurePairCell = 2.24e-9
  static let searchedCell = 7.47e-11
  static let checkCell = 1.78e-8
  static let writeBase = 0.0278
  static let writeCell = 8.86e-7
  static let writeWordyCell = 3.57e-7
  static let writeColumn = 0.000824
  static let writeOtherCell = 2.95e-7
  static let writePair = 8.46e-6
  static let memoryBase = 153.0
  static let memoryCell = 2.34e-5
  static let memoryPair = 0.000282
  /// What the known task takes.
  static let taskSeconds = 0.004
}
