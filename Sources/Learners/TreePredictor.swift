// SPDX-License-Identifier: Apache-2.0

/// One predictor as a tree sees it: a bin a row, with or without an order.
public struct TreePredictor: Sendable {
  /// One bin a row, each below `binCount`.
  public var codes: [UInt8]
  /// The number of bins, 1...256.
  public var binCount: Int
  /// Whether the order of bins means something; bins without one are ordered anew for each target.
  public var isOrdered: Bool

  /// Creates a predictor.
  public init(codes: [UInt8], binCount: Int, isOrdered: Bool) {
    precondition((1...256).contains(binCount), "a predictor has 1 to 256 bins")
    self.codes = codes
    self.binCount = binCount
    self.isOrdered = isOrdered
  }
}
