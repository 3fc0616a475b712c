// SPDX-License-Identifier: Apache-2.0
import Numerics

/// Bins as stretches of a standard normal, each as probable as the bin is common.
struct LatentBins: Hashable, Sendable {
  /// The weight of each bin, in the order in which they lie on the normal.
  let weights: [Double]
  /// The thresholds between them; one fewer than there are bins.
  let thresholds: [Double]

  init(weights: [Double], thresholds: [Double]) {
    self.weights = weights
    self.thresholds = thresholds
  }

  init(weights: [Double]) {
    self.weights = weights
    let total = weights.reduce(0, +)
    var below = 0.0
    thresholds = weights.dropLast().map { weight in
      below += weight
      return NormalDistribution.quantile(min(below / total, 1))
    }
  }

  /// The lower end of a bin.
  func lower(_ bin: Int) -> Double { bin == 0 ? -.infinity : thresholds[bin - 1] }

  /// The upper end of a bin.
  func upper(_ bin: Int) -> Double { bin == thresholds.count ? .infinity : thresholds[bin] }

  /// The bin that a normal falls into.
  @inline(__always)
  func bin(_ z: Double) -> Int {
    var low = 0
    var high = thresholds.count
    while low < high {
      let middle = (low + high) >> 1
      if thresholds[middle] <= z { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// A normal of a mean and deviation, drawn between the ends of two bins.
  ///
  /// - Parameter uniform: The number in 0..<1 that picks it.
  func draw(
    mean: Double, deviation: Double, from first: Int, through last: Int, uniform: Double
  ) -> Double {
    let (lower, upper) = (lower(first), upper(last))
    let (a, b) = ((lower - mean) / deviation, (upper - mean) / deviation)
    // In the upper tail probabilities are told apart by their complements.
    let standard =
      a > 0
      ? -Self.between(-b, -a, 1 - uniform)
      : Self.between(a, b, uniform)
    return min(max(mean + deviation * standard, lower), upper)
  }

  /// The chance that a normal of a mean and deviation falls into a bin.
  func chance(_ bin: Int, mean: Double, deviation: Double) -> Double {
    let (a, b) = ((lower(bin) - mean) / deviation, (upper(bin) - mean) / deviation)
    // In the upper tail probabilities are told apart by their complements.
    return a > 0 ? Self.mass(-b, -a) : Self.mass(a, b)
  }

  private static func mass(_ a: Double, _ b: Double) -> Double {
    let low = a == -.infinity ? 0 : NormalDistribution.cumulative(a)
    let high = b == .infinity ? 1 : NormalDistribution.cumulative(b)
    return max(0, high - low)
  }

  private static func between(_ a: Double, _ b: Double, _ uniform: Double) -> Double {
    let low = a == -.infinity ? 0 : NormalDistribution.cumulative(a)
    let high = b == .infinity ? 1 : NormalDistribution.cumulative(b)
    let p = low + uniform * (high - low)
    // Where what is asked for is all but impossible, its likeliest end.
    guard high > low, p > 0, p < 1 else { return b.isFinite && (b <= 0 || !a.isFinite) ? b : a }
    return NormalDistribution.quantile(p)
  }
}
