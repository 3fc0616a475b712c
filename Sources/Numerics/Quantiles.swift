// SPDX-License-Identifier: Apache-2.0

/// Sample quantiles.
public enum Quantiles {
  /// The quantile of ascending values at a probability; nil of no values.
  ///
  /// With n values x₁ ≤ … ≤ xₙ and h = (n − 1)p, it lies between the values of rank ⌊h⌋ + 1 and
  /// ⌊h⌋ + 2, interpolated linearly by the fraction of h: the minimum at 0, the maximum at 1. It
  /// never leaves the interval of its two neighbours. Also known as type 7, R's and NumPy's default.
  ///
  /// ## Source
  /// Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50
  /// (1996) 361–365, definition 7.
  ///
  /// - Precondition: the values ascend; p is in [0, 1].
  public static func quantile(_ p: Double, ofSorted values: [Double]) -> Double? {
    precondition(p >= 0 && p <= 1, "a probability is in [0, 1]")
    guard let last = values.last else { return nil }
    let h = Double(values.count - 1) * p
    let rank = Int(h)
    guard rank + 1 < values.count else { return last }
    let (low, high) = (values[rank], values[rank + 1])
    let fraction = h - Double(rank)
    guard fraction > 0, low < high else { return low }
    let width = high - low
    let value = width.isFinite ? low + fraction * width : low * (1 - fraction) + high * fraction
    return min(max(value, low), high)
  }

  /// The quantiles of ascending values at several probabilities; empty of no values.
  ///
  /// - Precondition: the values ascend; each probability is in [0, 1].
  public static func quantiles(_ probabilities: [Double], ofSorted values: [Double]) -> [Double] {
    probabilities.compactMap { quantile($0, ofSorted: values) }
  }

  /// The median of ascending values; nil of no values.
  public static func median(ofSorted values: [Double]) -> Double? {
    quantile(0.5, ofSorted: values)
  }
}
