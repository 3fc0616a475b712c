// SPDX-License-Identifier: Apache-2.0
import Numerics

extension LatentBins {
  /// Bins as stretches of a mixture of normals, each as probable as the bin is common.
  ///
  /// - Parameters:
  ///   - weights: The weight of each bin, in order; their sum positive.
  ///   - parts: The normals; the sum of their weights positive, and no deviation 0.
  init(weights: [Double], of parts: [(weight: Double, mean: Double, deviation: Double)]) {
    let whole = parts.reduce(0) { $0 + $1.weight }
    let total = weights.reduce(0, +)
    var below = 0.0
    var low = -60.0
    var thresholds: [Double] = []
    for weight in weights.dropLast() {
      below += weight
      low = max(low, Self.quantile(min(below / total, 1) * whole, parts, above: low))
      thresholds.append(low)
    }
    self.init(weights: weights, thresholds: thresholds)
  }

  /// Where the weight below is an aim: Newton's steps, and halves where they lead outside.
  private static func quantile(
    _ aim: Double, _ parts: [(weight: Double, mean: Double, deviation: Double)], above least: Double
  ) -> Double {
    var (low, high) = (least, 60.0)
    var here = least > -60 ? least : 0
    for _ in 0..<100 {
      var (sum, slope) = (0.0, 0.0)
      for part in parts {
        let z = (here - part.mean) / part.deviation
        sum += part.weight * NormalDistribution.cumulative(z)
        slope +=
          part.weight * 0.398_942_280_401_432_7 * ElementaryFunctions.exp(-0.5 * z * z)
          / part.deviation
      }
      if sum < aim { low = here } else { high = here }
      let step = (aim - sum) / slope
      let next = here + step
      let isInside = next > low && next < high
      here = isInside ? next : (low + high) / 2
      if isInside ? step.magnitude < 1e-13 : high - low < 1e-13 { break }
    }
    return here
  }
}
