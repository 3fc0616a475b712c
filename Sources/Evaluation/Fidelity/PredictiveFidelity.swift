// SPDX-License-Identifier: Apache-2.0

/// How well a model that learned from synthetic rows predicts real rows that nobody learned from.
///
/// The same boosted trees with the same settings learn from either table; both are tested on the holdout.
///
/// ## Source
/// Esteban, Hyland and Rätsch, "Real-valued (medical) time series generation with recurrent conditional
/// GANs" (2017), for training on synthetic and testing on real rows (TSTR) and the reverse (TRTS).
public struct PredictiveFidelity: Hashable, Sendable, Codable {
  /// One result a target.
  public var targets: [Target]

  /// A level that is told from the others of its column.
  public struct Target: Hashable, Sendable, Codable {
    /// The column.
    public var column: String
    /// The level.
    public var level: String
    /// Learned from synthetic rows, tested on the holdout (TSTR).
    public var synthetic: Figures
    /// Learned from real rows, tested on the holdout (TRTR): the most that can be asked.
    public var real: Figures
    /// Learned from real rows, tested on synthetic rows (TRTS); low where synthetic rows are few of a kind.
    public var reverse: Figures
    /// The area that is lost by learning from synthetic rows; 0 is best.
    public var loss: Score

    /// Creates a result.
    public init(
      column: String, level: String, synthetic: Figures, real: Figures, reverse: Figures,
      loss: Score
    ) {
      self.column = column
      self.level = level
      self.synthetic = synthetic
      self.real = real
      self.reverse = reverse
      self.loss = loss
    }
  }

  /// How well one model predicted.
  public struct Figures: Hashable, Sendable, Codable {
    /// The area under the curve.
    public var area: Double
    /// The share of rows predicted rightly at a probability of one half.
    public var accuracy: Double
    /// The mean squared error of the probability (Brier).
    public var squaredError: Double
    /// The mean gap of probability and share over ten bins of probability; 0 is calibrated.
    public var calibrationError: Double

    /// Creates figures.
    public init(area: Double, accuracy: Double, squaredError: Double, calibrationError: Double) {
      self.area = area
      self.accuracy = accuracy
      self.squaredError = squaredError
      self.calibrationError = calibrationError
    }
  }

  /// Creates a result.
  public init(targets: [Target]) { self.targets = targets }
}
