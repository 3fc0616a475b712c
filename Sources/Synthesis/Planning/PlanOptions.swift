// SPDX-License-Identifier: Apache-2.0

/// What an owner may say about a plan; everything has a default.
public struct PlanOptions: Hashable, Sendable, Codable {
  /// The fewest rows a leaf of a tree may rest on.
  public var minimumLeafCount: Int
  /// The fewest rows a level or a spike needs before it may be shown; `nil` chooses by table size.
  public var minimumLevelCount: Int?
  /// The most predictors a variable is learned from.
  public var maximumPredictorCount: Int

  /// Creates options.
  public init(
    minimumLeafCount: Int = 20, minimumLevelCount: Int? = nil, maximumPredictorCount: Int = 40
  ) {
    self.minimumLeafCount = minimumLeafCount
    self.minimumLevelCount = minimumLevelCount
    self.maximumPredictorCount = maximumPredictorCount
  }

  /// The fewest rows behind a shown level or spike in a table of some rows.
  ///
  /// Ten is the usual threshold of statistical disclosure control; a table of fewer than a thousand
  /// rows would lose most of its levels to it, and gets five.
  public func levelCount(forRowCount rowCount: Int) -> Int {
    minimumLevelCount ?? (rowCount >= 1000 ? 10 : 5)
  }
}
