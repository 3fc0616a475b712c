// SPDX-License-Identifier: Apache-2.0

/// How faithful the tables of two and three variables are.
public struct MarginFidelity: Hashable, Sendable, Codable {
  /// The mean S_pMSE of all tables of two variables; 1 is expected of a right synthesis.
  public var pairRatio: Score
  /// The largest S_pMSE of a table of two variables.
  public var worstPairRatio: Score
  /// The k-marginal score for k = 3: 500 (2 − mean Σ |p − q|), 0...1000, 1000 is best.
  public var threeWay: Score
  /// The tables of three variables that are farthest off, worst first.
  public var worstTriples: [Triple]

  /// A table of three variables.
  public struct Triple: Hashable, Sendable, Codable {
    /// The variables' names.
    public var columns: [String]
    /// The total variation distance, 0...1.
    public var distance: Score

    /// Creates a result.
    public init(columns: [String], distance: Score) {
      self.columns = columns
      self.distance = distance
    }
  }

  /// Creates a result.
  public init(
    pairRatio: Score, worstPairRatio: Score, threeWay: Score, worstTriples: [Triple]
  ) {
    self.pairRatio = pairRatio
    self.worstPairRatio = worstPairRatio
    self.threeWay = threeWay
    self.worstTriples = worstTriples
  }
}
