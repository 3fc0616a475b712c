// SPDX-License-Identifier: Apache-2.0

/// The variable whose conditional distribution a tree learns: a bin a row.
public struct TreeTarget: Sendable {
  /// One bin a row, each below `binCount`.
  public var codes: [UInt8]
  /// The number of bins, 1...256.
  public var binCount: Int
  /// How many of the first bins stand apart from the order of the others (missing reasons).
  public var leadingNominalCount: Int
  /// Whether the bins after the leading ones lie on a scale, so that neighbours may be pooled.
  public var isOrdered: Bool

  /// Creates a target.
  public init(codes: [UInt8], binCount: Int, leadingNominalCount: Int, isOrdered: Bool) {
    precondition((1...256).contains(binCount), "a target has 1 to 256 bins")
    self.codes = codes
    self.binCount = binCount
    self.leadingNominalCount = leadingNominalCount
    self.isOrdered = isOrdered
  }
}
