// SPDX-License-Identifier: Apache-2.0
public import Tables

extension PopulationModel {
  /// Reads a model.
  ///
  /// ```yaml
  /// simulate: 1
  /// start: {S: 990, I: 10, R: 0}
  /// parameters: {beta: 0.3, gamma: 0.1}
  /// transitions:
  ///   - {from: S, to: I, rate: beta * I / N}       # for each individual of S
  ///   - {from: I, to: R, rate: gamma}
  ///   - {change: {S: 1}, total_rate: 2, name: arrivals}
  /// run: {as: exact, until: 100, replications: 20}
  /// record: {every: 1}
  /// at: {25: {S: 50}}                              # counts set at a moment
  /// when: [{if: I > 500, set: {I: 0}}]             # counts set as a condition becomes true
  /// ```
  ///
  /// Rates may name states, parameters, `N` (everybody) and `time`.
  ///
  /// - Throws: `DataError` with file, line, column and what to write instead.
  public init(yaml text: String, file: String) throws(DataError) {
    var reader = PopulationReader(file: file)
    try reader.read(text)
    self = reader.model
  }
}
