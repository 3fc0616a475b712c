// SPDX-License-Identifier: Apache-2.0

/// How alike two tables of counts are, by the measures of synthpop's `utility.tab`.
public struct TableUtility: Hashable, Sendable, Codable {
  /// The cells with a real or a synthetic row.
  public var cellCount: Int
  /// Voas and Williamson's statistic, Σ (s − m)² / (c(o + s)); expected `cellCount` − 1.
  public var voasWilliamson: Double
  /// That statistic over its expectation, the ratio S_pMSE: 1 for a right synthesis; `nil` for one cell.
  public var ratio: Double?
  /// The propensity mean squared error of the table.
  public var propensityError: Double
  /// Freeman and Tukey's statistic, 4 Σ (√s − √m)²; expected `cellCount` − 1.
  public var freemanTukey: Double
  /// The likelihood ratio 2 Σ s ln((s/n₂)/(o/n₁)) over cells that both tables have.
  public var likelihoodRatio: Double
  /// The degrees of freedom of ``likelihoodRatio``.
  public var likelihoodFreedom: Int
  /// The Jensen–Shannon divergence in bits, 0...1.
  public var jensenShannon: Double
  /// What ``jensenShannon`` of a right synthesis is expected to be, (k − 1)/(8 n₂ ln 2).
  public var jensenShannonExpected: Double
  /// The total variation distance, 0...1.
  public var totalVariation: Double
  /// The Hellinger distance, 0...1.
  public var hellinger: Double
  /// Weighted mean absolute difference, Σ |s − m| / √(2c(o + s)/π); expected about `cellCount` − 1.
  public var weightedDifference: Double
  /// The cell farthest off, if any is.
  public var worst: Cell?

  /// A cell by the levels that meet in it.
  public struct Cell: Hashable, Sendable, Codable {
    /// The levels or groups, one a variable.
    public var levels: [String]
    /// How far off it is in standard errors: (s − m)/√(c(o + s)); positive where the synthetic table has more.
    public var z: Double

    /// Creates a cell.
    public init(levels: [String], z: Double) {
      self.levels = levels
      self.z = z
    }
  }

  /// Creates a result.
  public init(
    cellCount: Int, voasWilliamson: Double, ratio: Double?, propensityError: Double,
    freemanTukey: Double, likelihoodRatio: Double, likelihoodFreedom: Int, jensenShannon: Double,
    jensenShannonExpected: Double, totalVariation: Double, hellinger: Double,
    weightedDifference: Double, worst: Cell?
  ) {
    self.cellCount = cellCount
    self.voasWilliamson = voasWilliamson
    self.ratio = ratio
    self.propensityError = propensityError
    self.freemanTukey = freemanTukey
    self.likelihoodRatio = likelihoodRatio
    self.likelihoodFreedom = likelihoodFreedom
    self.jensenShannon = jensenShannon
    self.jensenShannonExpected = jensenShannonExpected
    self.totalVariation = totalVariation
    self.hellinger = hellinger
    self.weightedDifference = weightedDifference
    self.worst = worst
  }
}
