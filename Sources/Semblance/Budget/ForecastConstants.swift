// SPDX-License-Identifier: Apache-2.0

/// The numbers of the forecast, in seconds of one core of the machine of `Benchmarks/RESULTS.md`.
///
/// ## Source
/// Non-negative least squares of relative errors over recorded runs: `Benchmarks/contracts/calibrate.py`. Not
/// from that fit: `measureCell`, set so that a run of 1,000,000 × 15 is foretold at 0.8 of what it took;
/// those of boosting and memory, from earlier runs.
enum ForecastConstants {
  static let fitBase = 0.00202
  static let fitCell = 4.74e-08
  static let fitText = 1.05e-07
  static let fitPairCell = 1.23e-07
  static let fitPair = 2.16e-05
  static let fitColumn = 0.000634
  static let screenPairRow = 3.99e-09
  /// A boosted column.
  ///
  /// This and the next two are from 21 fits of six tables of 344 to 32,561 rows (`Benchmarks/RESULTS.md`),
  /// over the 1.6 by which the machine was slower that day than the one of the other constants. How
  /// many trees bring something hangs on the data, so that a fit may take half or twice as long.
  static let boostColumn = 0.053
  /// A pair of boosted columns, for each row to the power of 0.7.
  static let boostPairRow = 3.1e-6
  /// A boosted column and a fine scale, for each row to the power of 0.7.
  static let boostScaleRow = 2.6e-4
  /// Drawing a cell of a boosted column.
  static let boostDrawCell = 5e-6
  /// What a fine scale adds to a drawn row.
  static let boostDrawScale = 2.5e-5
  /// The share of columns that a choice of methods boosts.
  static let boostedShare = 0.75
  static let drawCell = 9.99e-08
  static let drawText = 6.92e-08
  /// A row, round and column of a mixture; `Benchmarks/RESULTS.md`, Adult.
  static let classesCell = 1.15e-8
  /// What the rounds of adversarial forests take for each cell.
  static let roundsCell = 4.5e-6
  /// A pair of rows and a column of a search for near rows; the same run.
  static let neighbourCell = 1.28e-9
  /// A row that a network learns, and a number of a column's context or a bin; Adult took 5.6 s, MAGIC 6.6 s.
  static let networkCell = 9e-8
  static let measureBase = 0.00119
  static let measureCell = 3.5e-07
  static let measureText = 1.1e-08
  static let measurePair = 3.38e-06
  static let measurePairCell = 3.03e-09
  static let searchedCell = 2.23e-07
  static let searchedVariedCell = 1.29e-06
  static let checkCell = 1.31e-08
  static let writeBase = 0.0216
  static let writeCell = 9.95e-07
  static let writeText = 2.7e-07
  static let writeColumn = 0.00111
  static let writePair = 1.78e-05
  static let memoryBase = 25.0
  static let memoryCell = 4e-5
  static let memoryPair = 4e-4
  /// What the known task takes.
  static let taskSeconds = 0.004
}
