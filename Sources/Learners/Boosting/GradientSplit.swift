// SPDX-License-Identifier: Apache-2.0

/// The best split of a node, by the gain of second-order boosting.
///
/// With G and H the sums of first and second derivatives and λ the ridge, a split gains
/// ½ (G_L²/(H_L + λ) + G_R²/(H_R + λ) − G²/(H + λ)).
///
/// ## Source
/// Chen and Guestrin, "XGBoost: a scalable tree boosting system", KDD 2016, equation 7. Bins without
/// an order are ordered by G/H, which is best for two classes (Breiman et al. 1984, theorem 4.5).
struct GradientSplit {
  var predictor: Int
  var leftBins: SIMD4<UInt64>
  var gain: Double

  /// Searches all predictors.
  static func best(
    _ histogram: GradientHistogram, total: SIMD2<Double>, _ predictors: [TreePredictor],
    offsets: [Int], options: GradientTreeOptions
  ) -> GradientSplit? {
    var best: GradientSplit?
    let whole = score(total, options.ridge)
    for (index, predictor) in predictors.enumerated() {
      let bins = histogram.sums[offsets[index]..<offsets[index] + predictor.binCount]
      let order = order(bins, predictor, options)
      var left = SIMD2<Double>.zero
      var bestPlace = -1
      var bestGain = max(options.minimumGain, best?.gain ?? 0)
      for (place, bin) in order.enumerated().dropLast() {
        left += bins[bins.startIndex + bin]
        let right = total - left
        guard left.y >= options.minimumLeafWeight, right.y >= options.minimumLeafWeight else {
          continue
        }
        let gain = (score(left, options.ridge) + score(right, options.ridge) - whole) / 2
        if gain > bestGain {
          bestGain = gain
          bestPlace = place
        }
      }
      guard bestPlace >= 0 else { continue }
      var mask = SIMD4<UInt64>.zero
      for bin in order[...bestPlace] { mask[bin >> 6] |= 1 << UInt64(bin & 63) }
      best = GradientSplit(predictor: index, leftBins: mask, gain: bestGain)
    }
    return best
  }

  private static func score(_ sums: SIMD2<Double>, _ ridge: Double) -> Double {
    let weight = sums.y + ridge
    return weight > 0 ? sums.x * sums.x / weight : 0
  }

  /// The bins in use, in their order or ordered by their mean derivative.
  private static func order(
    _ bins: ArraySlice<SIMD2<Double>>, _ predictor: TreePredictor, _ options: GradientTreeOptions
  ) -> [Int] {
    // Histograms made by subtraction leave rounding where nothing is.
    let used = (0..<predictor.binCount).filter { bins[bins.startIndex + $0].y > 1e-9 }
    guard !predictor.isOrdered else { return used }
    // A few rows more of no opinion keep rare levels from leading the order.
    let means = used.map { bin in
      let sums = bins[bins.startIndex + bin]
      return sums.x / (sums.y + options.ridge)
    }
    return used.indices.sorted { (means[$0], $0) < (means[$1], $1) }.map { used[$0] }
  }
}
