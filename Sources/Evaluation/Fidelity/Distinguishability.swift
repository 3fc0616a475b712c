// SPDX-License-Identifier: Apache-2.0

/// How well models tell synthetic rows from real ones, and by which columns.
public struct Distinguishability: Hashable, Sendable, Codable {
  /// The propensity mean squared error of a logistic model with main effects.
  public var logisticError: Score
  /// That error over its expectation for a right synthesis (S_pMSE); 1 is expected.
  public var logisticRatio: Score
  /// The Kolmogorov–Smirnov distance of the model's probabilities between the tables (SPECKS), 0...1.
  public var specks: Score
  /// Rows whose probability lies on the right side of the synthetic share, in per cent less 50 (PO50).
  public var percentOver: Score
  /// The Mann–Whitney statistic of the probabilities over n₁n₂: the model's own area, 0.5...1.
  public var rankArea: Score
  /// The propensity mean squared error of a classification tree, beside its permutation null.
  public var treeError: Score
  /// That error over the mean of its null.
  public var treeRatio: Score
  /// The area under the curve of boosted trees on rows they did not learn from; 0.5 is best.
  public var classifierArea: Score
  /// The columns by which boosted trees tell the tables apart, most first.
  public var tellingColumns: [TellingColumn]

  /// A column that tells the tables apart.
  public struct TellingColumn: Hashable, Sendable, Codable {
    /// The column's name.
    public var name: String
    /// Its share in the gain of all splits, 0...1.
    public var gainShare: Double
    /// How much of the area is lost when the column's values are put in disorder; `nil` if not tried.
    public var areaLost: Double?

    /// Creates an entry.
    public init(name: String, gainShare: Double, areaLost: Double?) {
      self.name = name
      self.gainShare = gainShare
      self.areaLost = areaLost
    }
  }

  /// Creates a result.
  public init(
    logisticError: Score, logisticRatio: Score, specks: Score, percentOver: Score,
    rankArea: Score, treeError: Score, treeRatio: Score, classifierArea: Score,
    tellingColumns: [TellingColumn]
  ) {
    self.logisticError = logisticError
    self.logisticRatio = logisticRatio
    self.specks = specks
    self.percentOver = percentOver
    self.rankArea = rankArea
    self.treeError = treeError
    self.treeRatio = treeRatio
    self.classifierArea = classifierArea
    self.tellingColumns = tellingColumns
  }
}
