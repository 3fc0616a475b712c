// SPDX-License-Identifier: Apache-2.0
import Numerics

/// A predictor's bins pooled for the rows at hand: few and about equally heavy, in an order.
struct LocalPositions {
  /// About how many positions share the weight.
  private static let positionCount = 64
  /// The rows of no opinion that are added to each bin when bins are ordered.
  private static let priorCount = 10.0

  /// The position of each bin; 256 entries.
  let positions: [UInt8]
  /// The number of positions.
  let count: Int
  /// The number of bins.
  let binCount: Int

  /// Pools the bins of a predictor.
  ///
  /// - Parameters:
  ///   - counts: The rows of each bin, and those of them in the positive class.
  ///   - isOrdered: Whether bins keep their order; others are ordered by the share of the class.
  init(_ counts: [SIMD2<Int32>], isOrdered: Bool) {
    let total = counts.reduce(SIMD2<Int32>.zero) { $0 &+ $1 }
    var order = Array(counts.indices)
    if !isOrdered {
      let prior = Double(total.y) / Double(max(total.x, 1)) * Self.priorCount
      let shares = counts.map { (Double($0.y) + prior) / (Double($0.x) + Self.priorCount) }
      order.sort { (shares[$0], $0) < (shares[$1], $1) }
    }
    let aim = max(1, total.x / Int32(Self.positionCount))
    var positions = [UInt8](repeating: 0, count: 256)
    var position = 0
    var weight: Int32 = 0
    for bin in order {
      // A common value stands alone.
      if weight > 0, weight >= aim || counts[bin].x >= aim {
        position += 1
        weight = 0
      }
      positions[bin] = UInt8(position)
      weight += counts[bin].x
    }
    if weight == 0, position > 0 {
      for bin in order where Int(positions[bin]) == position { positions[bin] -= 1 }
      position -= 1
    }
    self.positions = positions
    count = position + 1
    binCount = counts.count
  }
}
