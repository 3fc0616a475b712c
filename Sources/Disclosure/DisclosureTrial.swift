// SPDX-License-Identifier: Apache-2.0
public import Tables

/// A generator fitted on some real rows, and what can be scored against rows it never saw.
///
/// Twins are two trials, each fitted on a random half and scored against the other half. With a
/// holdout there is one trial: all rows fitted on, the holdout, and the released rows.
public struct DisclosureTrial: Sendable {
  /// The real rows on which the generator was fitted.
  public var training: Table
  /// Real rows that the generator never saw.
  public var control: Table
  /// Rows that the generator made.
  public var synthetic: Table

  /// Creates a trial.
  public init(training: Table, control: Table, synthetic: Table) {
    self.training = training
    self.control = control
    self.synthetic = synthetic
  }
}
