// SPDX-License-Identifier: Apache-2.0

/// The true mean effect of one column on another, as a model knows it.
public struct KnownEffect: Hashable, Sendable {
  /// The column that is set, with its table where there are several.
  public var treatment: String
  /// The value it is changed from.
  public var from: String
  /// The value it is changed to.
  public var to: String
  /// The column that answers.
  public var outcome: String
  /// The mean difference over all rows, in the outcome's unit.
  public var value: Double

  /// Creates an effect.
  public init(treatment: String, from: String, to: String, outcome: String, value: Double) {
    self.treatment = treatment
    self.from = from
    self.to = to
    self.outcome = outcome
    self.value = value
  }
}
