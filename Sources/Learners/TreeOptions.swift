// SPDX-License-Identifier: Apache-2.0

/// How far a tree grows.
public struct TreeOptions: Hashable, Sendable, Codable {
  /// The least weight of rows in a leaf.
  public var minimumLeafWeight: Double
  /// The gain in log-likelihood (nats) that a split must bring for each degree of freedom it spends.
  public var penaltyPerFreedom: Double
  /// The gain in log-likelihood (nats) that a split must bring besides, for having been searched for.
  public var penaltyPerSplit: Double
  /// The most classes into which a node's target bins are pooled while it is searched.
  public var maximumClassCount: Int
  /// The rows a node should have for each of those classes.
  ///
  /// A class costs every split a degree of freedom: with ten rows a class, small nodes split on noise,
  /// and synthetic rows came closer to real ones for nothing gained.
  public var rowsPerClass: Double

  /// Creates options.
  public init(
    minimumLeafWeight: Double = 20, penaltyPerFreedom: Double = 0.5, penaltyPerSplit: Double = 2.5,
    maximumClassCount: Int = 24, rowsPerClass: Double = 40
  ) {
    self.minimumLeafWeight = minimumLeafWeight
    self.penaltyPerFreedom = penaltyPerFreedom
    self.penaltyPerSplit = penaltyPerSplit
    self.maximumClassCount = maximumClassCount
    self.rowsPerClass = rowsPerClass
  }
}
