// SPDX-License-Identifier: Apache-2.0

/// Puts the levels of a predictor without an order into the one that serves a target best.
///
/// A split of levels into two sets is searched along one line: the first principal component of the
/// levels' class shares, weighted by level size. For two classes this contains the best split; for
/// more it is near it.
///
/// ## Source
/// D. Coppersmith, S. J. Hong and J. R. M. Hosking, "Partitioning nominal attributes in decision
/// trees", *Data Mining and Knowledge Discovery* 3:197–217, 1999, section 3.
enum LevelOrdering {
  /// Returns the position of each level in the order, ties by level number.
  ///
  /// - Parameters:
  ///   - counts: Weighted counts, level-major, `levelCount` × `classCount`.
  static func positions(counts: [Double], levelCount: Int, classCount: Int) -> [UInt8] {
    var totals = [Double](repeating: 0, count: levelCount)
    var shares = counts
    var mean = [Double](repeating: 0, count: classCount)
    var total = 0.0
    for level in 0..<levelCount {
      for index in 0..<classCount {
        let count = counts[level * classCount + index]
        totals[level] += count
        mean[index] += count
      }
      total += totals[level]
    }
    guard total > 0 else { return (0..<levelCount).map { UInt8($0) } }
    for index in 0..<classCount { mean[index] /= total }
    for level in 0..<levelCount {
      for index in 0..<classCount {
        let cell = level * classCount + index
        shares[cell] = totals[level] > 0 ? counts[cell] / totals[level] - mean[index] : 0
      }
    }
    // Power iteration on the weighted covariance, never formed: v ← Σ wᵢ (dᵢ·v) dᵢ.
    var direction = startingDirection(shares: shares, totals: totals, classCount: classCount)
    var scores = [Double](repeating: 0, count: levelCount)
    for _ in 0..<12 {
      var next = [Double](repeating: 0, count: classCount)
      for level in 0..<levelCount where totals[level] > 0 {
        var score = 0.0
        for index in 0..<classCount {
          score += shares[level * classCount + index] * direction[index]
        }
        scores[level] = score
        let step = score * totals[level]
        for index in 0..<classCount { next[index] += step * shares[level * classCount + index] }
      }
      let length = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 0 else { break }
      for index in 0..<classCount { direction[index] = next[index] / length }
    }
    // A level that does not occur gets the middle place, which commits it to nothing.
    let order = (0..<levelCount).sorted {
      (scores[$0], $0) < (scores[$1], $1)
    }
    var positions = [UInt8](repeating: 0, count: levelCount)
    for (position, level) in order.enumerated() { positions[level] = UInt8(position) }
    return positions
  }

  /// The deviation of the level that weighs most in the covariance; never orthogonal to all levels.
  private static func startingDirection(
    shares: [Double], totals: [Double], classCount: Int
  ) -> [Double] {
    var best = 0
    var bestWeight = -1.0
    for level in totals.indices {
      var square = 0.0
      for index in 0..<classCount {
        square += shares[level * classCount + index] * shares[level * classCount + index]
      }
      if square * totals[level] > bestWeight {
        bestWeight = square * totals[level]
        best = level
      }
    }
    return Array(shares[best * classCount..<(best + 1) * classCount])
  }
}
