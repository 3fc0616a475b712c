// SPDX-License-Identifier: Apache-2.0

/// Whether outliers are as frequent, as far out and as related as in the real table.
///
/// Too few and too many are both unfaithful, and which is wanted is the owner's choice.
public struct OutlierFidelity: Hashable, Sendable, Codable {
  /// One result a column on a scale.
  public var columns: [Column]
  /// The share of synthetic rows farther from the real ones than 99 % of these are; 0.01 is expected.
  public var rowShare: Score
  /// Total variation distance of the levels of rows with an outlier, mean over the columns with levels.
  public var levelMix: Score
  /// How often two columns are both in their upper tail, real beside synthetic: the mean difference.
  public var jointTails: Score
  /// The pairs of columns whose joint tails differ most.
  public var worstTails: [JointTail]

  /// The outliers of a column, outside the real fences (quartiles ∓ 1.5 interquartile ranges).
  public struct Column: Hashable, Sendable, Codable {
    /// The column's name.
    public var name: String
    /// The share of real values below the lower fence.
    public var realBelow: Double
    /// The share of synthetic values below the lower fence.
    public var syntheticBelow: Double
    /// The share of real values above the upper fence.
    public var realAbove: Double
    /// The share of synthetic values above the upper fence.
    public var syntheticAbove: Double
    /// Synthetic over real share of outliers; `nil` where no real value is one.
    public var ratio: Double?
    /// Synthetic over real mean excess over the real 95 % point; `nil` where there is none.
    public var excessRatio: Double?

    /// Creates a result.
    public init(
      name: String, realBelow: Double, syntheticBelow: Double, realAbove: Double,
      syntheticAbove: Double, ratio: Double?, excessRatio: Double?
    ) {
      self.name = name
      self.realBelow = realBelow
      self.syntheticBelow = syntheticBelow
      self.realAbove = realAbove
      self.syntheticAbove = syntheticAbove
      self.ratio = ratio
      self.excessRatio = excessRatio
    }
  }

  /// How often two columns lie above their real 95 % points together: twice both over the sum of each.
  public struct JointTail: Hashable, Sendable, Codable {
    /// The columns' names.
    public var columns: [String]
    /// In the real table.
    public var real: Double
    /// In the synthetic table.
    public var synthetic: Double

    /// Creates a result.
    public init(columns: [String], real: Double, synthetic: Double) {
      self.columns = columns
      self.real = real
      self.synthetic = synthetic
    }
  }

  /// Creates a result.
  public init(
    columns: [Column], rowShare: Score, levelMix: Score, jointTails: Score, worstTails: [JointTail]
  ) {
    self.columns = columns
    self.rowShare = rowShare
    self.levelMix = levelMix
    self.jointTails = jointTails
    self.worstTails = worstTails
  }
}
