// SPDX-License-Identifier: Apache-2.0
public import Evaluation

/// What was measured of a synthetic table.
public struct Measures: Hashable, Sendable {
  /// How faithful it is.
  public var fidelity: FidelityReport
  /// What it indicates of real records.
  public var disclosure: DisclosureReport

  /// Creates a pair of reports.
  public init(fidelity: FidelityReport, disclosure: DisclosureReport) {
    self.fidelity = fidelity
    self.disclosure = disclosure
  }
}
