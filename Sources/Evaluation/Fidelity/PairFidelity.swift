// SPDX-License-Identifier: Apache-2.0

/// How faithful the relationship of two variables is.
public struct PairFidelity: Hashable, Sendable, Codable {
  /// The first variable's index among the report's columns.
  public var first: Int
  /// The second variable's index.
  public var second: Int
  /// `"correlation"` or `"contingency"`.
  public var measure: String
  /// The trend error, 0...1: half the difference of correlations, or total variation of the joint shares.
  public var error: Score
  /// The strength of association in the real table: |ρ|, or bias-corrected Cramér's V; `nil` if undefined.
  public var realStrength: Double?
  /// The strength of association in the synthetic table.
  public var syntheticStrength: Double?
  /// The joint counts compared in depth, scales in five groups; `nil` unless the depth is full.
  public var table: TableUtility?

  /// Creates a result.
  public init(
    first: Int, second: Int, measure: String, error: Score, realStrength: Double?,
    syntheticStrength: Double?, table: TableUtility? = nil
  ) {
    self.first = first
    self.second = second
    self.measure = measure
    self.error = error
    self.realStrength = realStrength
    self.syntheticStrength = syntheticStrength
    self.table = table
  }
}
