// SPDX-License-Identifier: Apache-2.0

/// The scores of SDMetrics' quality report, computed as that library does, for comparison with papers.
///
/// Two of its habits are followed here and nowhere else: pairs of a scale and levels are binned for each
/// table by its own range, so that a shifted copy can score 1; and pairs whose real correlation is at most
/// 0.5, or whose Cramér's V is at most 0.3, are left out of the average.
public struct LibraryScores: Hashable, Sendable, Codable {
  /// The version of the library that is followed.
  public var version: String
  /// The mean of KSComplement and TVComplement over the columns, 0...1.
  public var columnShapes: Double?
  /// The mean of CorrelationSimilarity and ContingencySimilarity over the pairs that count, 0...1.
  public var columnPairTrends: Double?
  /// How many pairs count.
  public var pairCount: Int
  /// The mean of the two, which the library calls the overall score.
  public var overall: Double?

  /// Creates scores.
  public init(
    version: String, columnShapes: Double?, columnPairTrends: Double?, pairCount: Int
  ) {
    self.version = version
    self.columnShapes = columnShapes
    self.columnPairTrends = columnPairTrends
    self.pairCount = pairCount
    let known = [columnShapes, columnPairTrends].compactMap { $0 }
    overall = known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }
}
