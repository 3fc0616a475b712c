// SPDX-License-Identifier: Apache-2.0

/// Sums of first and second derivatives by predictor and bin.
struct GradientHistogram {
  /// Both sums of each bin, predictor after predictor.
  var sums: [SIMD2<Double>]

  init(binCount: Int) { sums = [SIMD2<Double>](repeating: .zero, count: binCount) }

  /// Adds rows.
  mutating func add(
    rows: ArraySlice<Int32>, _ derivatives: [SIMD2<Float>], _ predictors: [TreePredictor],
    offsets: [Int]
  ) {
    sums.withUnsafeMutableBufferPointer { sums in
      rows.withUnsafeBufferPointer { rows in
        derivatives.withUnsafeBufferPointer { derivatives in
          for (predictor, offset) in zip(predictors, offsets) {
            guard let bins = sums.baseAddress.map({ $0 + offset }) else { return }
            predictor.codes.withUnsafeBufferPointer { codes in
              for row in rows {
                bins[Int(codes[Int(row)])] += SIMD2<Double>(derivatives[Int(row)])
              }
            }
          }
        }
      }
    }
  }

  /// The rest of a parent's sums.
  func subtracted(from parent: GradientHistogram) -> GradientHistogram {
    var rest = parent
    for bin in rest.sums.indices { rest.sums[bin] -= sums[bin] }
    return rest
  }
}
