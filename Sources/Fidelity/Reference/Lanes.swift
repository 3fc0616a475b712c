// SPDX-License-Identifier: Apache-2.0

/// One figure in each of sixteen bootstrap draws; NaN where a draw has none.
typealias Lanes = SIMD16<Float>

extension SIMD16<Float> {
  /// The figure of fresh rows (the mean of the draws) and its 95 % point; `nil` below two draws.
  ///
  /// With k draws, their mean x̄ and standard deviation s, the point is x̄ + t s √(1 + 1/k), t being
  /// the 95 % point of Student's distribution with k − 1 degrees of freedom (1.753 for 16 draws):
  /// the one-sided prediction limit of one more draw.
  var reference: (mean: Double, limit: Double)? {
    var values: [Double] = []
    for lane in 0..<Self.scalarCount where self[lane].isFinite { values.append(Double(self[lane])) }
    guard values.count >= 2 else { return nil }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / (count - 1)).squareRoot()
    return (mean, mean + Self.studentPoint * deviation * (1 + 1 / count).squareRoot())
  }

  private static var studentPoint: Double { 1.753 }

  /// The absolute values.
  var magnitudes: Self { replacing(with: -self, where: self .< 0) }
}
