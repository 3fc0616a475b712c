// SPDX-License-Identifier: Apache-2.0

/// Draws an index with given weights from one uniform, each draw in logarithmic time.
///
/// Its draw rises with the uniform, so that a uniform shared by two runs gives draws that agree
/// wherever the weights do: what ``AliasTable``, which is faster, does not promise.
public struct CumulativeWeights: Sendable {
  private let sums: [Double]
  private let last: Int

  /// Takes weights, which need not sum to 1.
  ///
  /// - Throws: ``WeightError`` if there is no weight, one is negative or not finite, or all are 0.
  public init(weights: [Double]) throws(WeightError) {
    let scaled = try WeightError.scaled(weights)
    var sum = 0.0
    sums = scaled.map { weight in
      sum += weight
      return sum
    }
    last = scaled.lastIndex { $0 > 0 } ?? 0
  }

  /// The number of weights.
  public var count: Int { sums.count }

  /// The first index whose cumulative share exceeds u; never one of weight 0.
  ///
  /// - Precondition: u is in [0, 1).
  public func index(at u: Double) -> Int {
    precondition(u >= 0 && u < 1, "a uniform is in [0, 1)")
    let target = u * sums[last]
    var (low, high) = (0, last)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > target { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The share of the weights before an index; 1 for ``count``.
  ///
  /// - Precondition: 0 ≤ index ≤ count.
  public func share(below index: Int) -> Double {
    index == 0 ? 0 : sums[index - 1] / sums[last]
  }

  /// An index in 0 ..< count, from one uniform.
  public func draw(using generator: inout some RandomNumberGenerator) -> Int {
    index(at: Draws.uniform(using: &generator))
  }
}
