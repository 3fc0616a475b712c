// SPDX-License-Identifier: Apache-2.0

/// How the synthetic rows lie among the real ones, as points in a space.
///
/// All figures are of samples of equal size; references put fresh real rows in place of synthetic ones.
public struct GeometryFidelity: Hashable, Sendable, Codable {
  /// The rows of each sample.
  public var sampleCount: Int
  /// The squared maximum mean discrepancy, without bias: about 0 for rows of one population.
  public var meanDiscrepancy: Score
  /// The share of permutations with as much discrepancy, 0...1.
  public var discrepancyProbability: Double?
  /// The share of synthetic rows that lie among real ones, 0...1.
  public var precision: Score
  /// The share of real rows that lie among synthetic ones, 0...1.
  public var recall: Score
  /// How densely synthetic rows lie among real ones; 1 is expected, and more is possible.
  public var density: Score
  /// The share of real rows with a synthetic row among their neighbours, 0...1.
  public var coverage: Score
  /// How evenly synthetic rows fill the real shells, −1...1, 1 is best.
  public var alphaPrecision: Score
  /// How evenly real rows are met by the synthetic shells, −1...1.
  public var betaRecall: Score
  /// The share of synthetic rows farther from their nearest real row than that row's own neighbour.
  public var authenticity: Score

  /// Creates a result.
  public init(
    sampleCount: Int, meanDiscrepancy: Score, discrepancyProbability: Double?, precision: Score,
    recall: Score, density: Score, coverage: Score, alphaPrecision: Score, betaRecall: Score,
    authenticity: Score
  ) {
    self.sampleCount = sampleCount
    self.meanDiscrepancy = meanDiscrepancy
    self.discrepancyProbability = discrepancyProbability
    self.precision = precision
    self.recall = recall
    self.density = density
    self.coverage = coverage
    self.alphaPrecision = alphaPrecision
    self.betaRecall = betaRecall
    self.authenticity = authenticity
  }
}
