// SPDX-License-Identifier: Apache-2.0

/// The numbers of the forecast, in seconds of one core of the machine of `Benchmarks/RESULTS.md`.
///
/// ## Source
/// Non-negative least squares of relative errors over recorded runs: `Benchmarks/contracts/calibrate.py`. Not
/// from that fit: `measureCell`, set so that a run of 1,000,000 × 15 is foretold at 0.8 of what it took;
/// `screenPairRow` and those of boosting and memory, from earlier runs.
enum ForecastConstants {
  static let fitBase = 0.000786
  static let fitCell = 1.24e-07
  static let fitText = 8.26e-08
  static let fitPairRow = 2.12e-08
  static let fitPair = 1.44e-05
  static let fitColumn = 0.000801
  static let screenPairRow = 8.01e-10
  static let boostPairRow = 3.2e-5
  static let boostColumn = 0.0136
  static let boostDrawCell = 5.6e-6
  static let drawCell = 8.71e-08
  /// A row, round and column of a mixture; `Benchmarks/RESULTS.md`, Adult.
  static let classesCell = 1.15e-8
  /// A pair of rows and a column of a search for near rows; the same run.
  static let neighbourCell = 1.28e-9
  static let drawText = 5.53e-08
  static let measureBase = 0.000876
  static let measureCell = 3.5e-07
  static let measureText = 1.15e-09
  static let measureScalePairRow = 1.1e-08
  static let measurePair = 2.47e-06
  static let measurePairCell = 4.07e-09
  static let searchedCell = 3.04e-07
  static let checkCell = 1.57e-08
  static let writeBase = 0.0171
  static let writeCell = 6.42e-07
  static let writeText = 1.9e-07
  static let writeColumn = 0.000729
  static let writeOtherCell = 6.33e-07
  static let writePair = 6.94e-06
  static let memoryBase = 25.0
  static let memoryCell = 4e-5
  static let memoryPair = 4e-4
  /// What the known task takes.
  static let taskSeconds = 0.004
}
