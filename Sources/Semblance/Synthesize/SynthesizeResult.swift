// SPDX-License-Identifier: Apache-2.0
public import Evaluation
public import Releases
public import Synthesis
public import Tables

/// What a run of `synthesize` made.
public struct SynthesizeResult: Sendable {
  /// Where it lies.
  public var paths: ReleasePaths
  /// The seed.
  public var seed: String
  /// The synthetic rows.
  public var rowCount: Int
  /// The columns.
  public var columnCount: Int
  /// What of the table is real; `nil` for nothing.
  public var partial: PartialExtent?
  /// How well rows that were given in part are founded; `nil` where none was.
  public var given: GivenRows.Efforts?
  /// What was measured, if anything.
  public var measures: Measures?
  /// How the contract was kept.
  public var contract: ContractReport
  /// What was given up to keep the budget, one clause each.
  public var givenUp: [String]
  /// What was foretold, before fitting.
  public var forecast: Forecast
  /// Seconds of work by phase, in order.
  public var work: [(phase: String, seconds: Double)]
  /// The most memory the process held, in megabytes.
  public var peakMegabytes: Double
  /// What a script did on clean and faulty rows; empty if none was run.
  public var trials: [CodeDevelopment.Trial]
  /// What was noticed while reading.
  public var diagnostics: [Diagnostic]
}
