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
  /// Whether generated rows help to find rare classes; empty where no class is rare and can be tested.
  public var rareClasses: [RareClassUtility]

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
    /// The average precision, also known as the area under the precision-recall curve.
    public var averagePrecision: Double
    /// The share of rows predicted rightly at a probability of one half.
    public var accuracy: Double
    /// The mean squared error of the probability (Brier).
    public var squaredError: Double
    /// The mean gap of probability and share over ten bins of probability; 0 is calibrated.
    public var calibrationError: Double

    /// The figures of probabilities beside the truth; `nil` unless there are rows of both kinds.
    public init?(probabilities: [Double], truths: [Bool]) {
      guard
        let area = AreaUnderCurve(
          first: zip(probabilities, truths).filter { !$0.1 }.map(\.0),
          second: zip(probabilities, truths).filter { $0.1 }.map(\.0)),
        let precision = AveragePrecision(probabilities, truths: truths)
      else { return nil }
      let n = Double(truths.count)
      var bins = [(sum: Double, hits: Double)](repeating: (0, 0), count: 10)
      var (right, squares) = (0.0, 0.0)
      for (p, truth) in zip(probabilities, truths) {
        let bin = min(9, Int(p * 10))
        bins[bin].sum += p
        bins[bin].hits += truth ? 1 : 0
        right += (p >= 0.5) == truth ? 1 : 0
        squares += (p - (truth ? 1 : 0)) * (p - (truth ? 1 : 0))
      }
      self.area = area.value
      averagePrecision = precision.value
      accuracy = right / n
      squaredError = squares / n
      calibrationError = bins.reduce(0) { $0 + ($1.sum - $1.hits).magnitude } / n
    }
  }

  /// Creates a result.
  public init(targets: [Target], rareClasses: [RareClassUtility] = []) {
    self.targets = targets
    self.rareClasses = rareClasses
  }
}
