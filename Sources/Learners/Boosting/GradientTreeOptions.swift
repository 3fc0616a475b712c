// SPDX-License-Identifier: Apache-2.0

/// How a tree on gradients grows.
public struct GradientTreeOptions: Hashable, Sendable, Codable {
  /// The most leaves.
  public var maximumLeafCount: Int
  /// The least sum of second derivatives in a leaf: rows for a squared loss.
  public var minimumLeafWeight: Double
  /// Added to the sum of second derivatives: pulls leaves towards 0.
  public var ridge: Double
  /// The least gain of a split.
  public var minimumGain: Double

  /// Creates options.
  public init(
    maximumLeafCount: Int = 31, minimumLeafWeight: Double = 5, ridge: Double = 1,
    minimumGain: Double = 1e-6
  ) {
    self.maximumLeafCount = maximumLeafCount
    self.minimumLeafWeight = minimumLeafWeight
    self.ridge = ridge
    self.minimumGain = minimumGain
  }
}
