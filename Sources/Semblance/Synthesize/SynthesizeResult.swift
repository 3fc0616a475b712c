// SPDX-License-Identifier: Apache-2.0
public import Evaluation
public import Releases
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
  /// What was measured, if anything.
  public var measures: Measures?
  /// How the contract was kept.
  public var contract: ContractReport
  /// What was noticed while reading.
  public var diagnostics: [Diagnostic]
}
