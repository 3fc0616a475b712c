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
  /// The sums of what goes left.
  var left: SIMD2<Double>

  /// Histograms made by subtraction leave rounding where nothing is.
  private static let leastWeight = 1e-9

  /// A bin in use and its mean derivative.
  private struct Ranked {
    var mean: Double
    var bin: Int
  }

  /// Searches all predictors.
  static func best(
    _ sums: UnsafePointer<SIMD2<Double>>, total: SIMD2<Double>, _ coded: CodedRows,
    options: GradientTreeOptions
  ) -> GradientSplit? {
    withUnsafeTemporaryAllocation(of: Ranked.self, capacity: 256) { room in
      var best: GradientSplit?
      let whole = score(total, options.ridge)
      for predictor in coded.offsets.indices {
        let bins = sums + coded.offsets[predictor]
        let order = ranked(
          bins, count: coded.binCounts[predictor], isOrdered: coded.isOrdered[predictor],
          ridge: options.ridge, into: room)
        var left = SIMD2<Double>.zero
        var bestLeft = left
        var bestPlace = -1
        var bestGain = max(options.minimumGain, best?.gain ?? 0)
        for place in 0..<max(0, order.count - 1) {
          left += bins[order[place].bin]
          let right = total - left
          guard left.y >= options.minimumLeafWeight else { continue }
          guard right.y >= options.minimumLeafWeight else { break }
          let gain = (score(left, options.ridge) + score(right, options.ridge) - whole) / 2
          if gain > bestGain {
            bestGain = gain
            bestPlace = place
            bestLeft = left
          }
        }
        guard bestPlace >= 0 else { continue }
        var mask = SIMD4<UInt64>.zero
        for place in 0...bestPlace {
          mask[order[place].bin >> 6] |= 1 << UInt64(order[place].bin & 63)
        }
        best = GradientSplit(predictor: predictor, leftBins: mask, gain: bestGain, left: bestLeft)
      }
      return best
    }
  }

  @inline(__always)
  private static func score(_ sums: SIMD2<Double>, _ ridge: Double) -> Double {
    let weight = sums.y + ridge
    return weight > 0 ? sums.x * sums.x / weight : 0
  }

  /// The bins in use, in their order or ordered by their mean derivative.
  private static func ranked(
    _ bins: UnsafePointer<SIMD2<Double>>, count: Int, isOrdered: Bool, ridge: Double,
    into room: UnsafeMutableBufferPointer<Ranked>
  ) -> UnsafeMutableBufferPointer<Ranked> {
    var used = 0
    for bin in 0..<count where bins[bin].y > leastWeight {
      // A few rows more of no opinion keep rare levels from leading the order.
      let mean = isOrdered ? 0 : bins[bin].x / (bins[bin].y + ridge)
      room.initializeElement(at: used, to: Ranked(mean: mean, bin: bin))
      used += 1
    }
    var order = UnsafeMutableBufferPointer(rebasing: room[..<used])
    if !isOrdered { order.sort { ($0.mean, $0.bin) < ($1.mean, $1.bin) } }
    return order
  }
}
