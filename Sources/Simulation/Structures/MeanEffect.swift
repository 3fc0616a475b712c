// SPDX-License-Identifier: Apache-2.0

/// The true mean difference of an outcome between two values of a column, over all rows.
public struct MeanEffect: Hashable, Sendable {
  /// The column that is set, with its table where there are several.
  public var treatment: String
  /// The value it is changed from, as the model writes it, without quotes.
  public var from: String
  /// The value it is changed to.
  public var to: String
  /// The column that answers.
  public var outcome: String
  /// The difference.
  public var value: Double
}
