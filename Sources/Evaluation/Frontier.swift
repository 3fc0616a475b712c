// SPDX-License-Identifier: Apache-2.0

/// What several strengths of protection cost in fidelity, and what they bring.
///
/// Each strength is fitted to the same rows and judged against the same rows that it did not see.
public struct Frontier: Hashable, Sendable, Codable {
  /// The rows that were learned from.
  public var learnedRowCount: Int
  /// The rows that were not, against which risk is measured.
  public var controlRowCount: Int
  /// One result a strength, the weakest protection first.
  public var points: [Point]

  /// One strength of protection.
  public struct Point: Hashable, Sendable, Codable {
    /// The fewest rows behind a conditional distribution.
    public var minimumLeaf: Int
    /// The file of the contract that chooses this strength.
    public var contractFile: String
    /// How long fitting and drawing took, in seconds.
    public var seconds: Double
    /// The mean distance of the variables, in per cent.
    public var shapeError: Score
    /// The mean error of the pairs, in per cent.
    public var trendError: Score
    /// Rows closer to rows that were learned from than to others, as a share; 0.5 is best.
    public var closerToTraining: Score
    /// Real outliers with a strangely near synthetic row, as a share.
    public var nearMatches: Score
    /// Rows that equal a real row, as a share.
    public var exactMatches: Score

    /// Creates a point.
    public init(
      minimumLeaf: Int, contractFile: String, seconds: Double, shapeError: Score,
      trendError: Score, closerToTraining: Score, nearMatches: Score, exactMatches: Score
    ) {
      self.minimumLeaf = minimumLeaf
      self.contractFile = contractFile
      self.seconds = seconds
      self.shapeError = shapeError
      self.trendError = trendError
      self.closerToTraining = closerToTraining
      self.nearMatches = nearMatches
      self.exactMatches = exactMatches
    }
  }

  /// Creates a result.
  public init(learnedRowCount: Int, controlRowCount: Int, points: [Point]) {
    self.learnedRowCount = learnedRowCount
    self.controlRowCount = controlRowCount
    self.points = points
  }
}
