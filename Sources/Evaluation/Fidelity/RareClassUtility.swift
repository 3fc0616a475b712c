// SPDX-License-Identifier: Apache-2.0

/// Whether generated rows of a rare class help a model to find it in real rows that nobody learned from.
///
/// The same boosted trees learn from the real rows as they are, from these with synthetic rows of the class added
/// until both sides are even or there are no more, from these with rows that SMOTE-NC makes, and from synthetic
/// rows alone. What the added rows change in the odds of the class is taken back from the probabilities.
///
/// ## Source
/// Chawla et al., "SMOTE: synthetic minority over-sampling technique", JAIR 16 (2002) 321–357; the odds: Saerens,
/// Latinne and Decaestecker, "Adjusting the outputs of a classifier to new a priori probabilities", Neural
/// Computation 14 (2002) 21–41, equation (2.4).
public struct RareClassUtility: Hashable, Sendable, Codable {
  /// The column.
  public var column: String
  /// The level that is told from the others.
  public var level: String
  /// The real rows of the level that were learned from.
  public var realCount: Int
  /// The synthetic rows of the level that were added to them.
  public var addedCount: Int
  /// The rows of the level that SMOTE-NC made.
  public var smoteCount: Int
  /// Learned from the real rows as they are.
  public var asIs: PredictiveFidelity.Figures
  /// Learned from real rows and added synthetic ones.
  public var added: PredictiveFidelity.Figures
  /// Learned from real rows and those of SMOTE-NC.
  public var smote: PredictiveFidelity.Figures
  /// Learned from synthetic rows alone.
  public var alone: PredictiveFidelity.Figures
  /// By how much adding rows raises the average precision, with an interval over holdout rows.
  public var gain: Score

  /// What the interval of the gain says.
  public enum Verdict: String, Hashable, Sendable, Codable {
    /// All of it is above 0.
    case helps
    /// All of it is below 0.
    case harms
    /// It includes 0.
    case undecided
  }

  /// What the interval of the gain says.
  public var verdict: Verdict {
    if let lower = gain.lower, lower > 0 { return .helps }
    if let upper = gain.upper, upper < 0 { return .harms }
    return .undecided
  }

  /// Creates a result.
  public init(
    column: String, level: String, realCount: Int, addedCount: Int, smoteCount: Int,
    asIs: PredictiveFidelity.Figures, added: PredictiveFidelity.Figures,
    smote: PredictiveFidelity.Figures, alone: PredictiveFidelity.Figures, gain: Score
  ) {
    self.column = column
    self.level = level
    self.realCount = realCount
    self.addedCount = addedCount
    self.smoteCount = smoteCount
    self.asIs = asIs
    self.added = added
    self.smote = smote
    self.alone = alone
    self.gain = gain
  }
}
