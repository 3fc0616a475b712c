// SPDX-License-Identifier: Apache-2.0

/// Tells runs with a target from runs without it: a linear discriminant with independent figures.
struct ShadowDiscriminant {
  private let weights: [Double]
  private let middles: [Double]

  /// Learns from runs; `nil` if either kind has fewer than two.
  init?(members: [[Double]], others: [[Double]]) {
    guard members.count >= 2, others.count >= 2, let width = members.first?.count else {
      return nil
    }
    func mean(_ runs: [[Double]], _ figure: Int) -> Double {
      runs.reduce(0) { $0 + $1[figure] } / Double(runs.count)
    }
    func squares(_ runs: [[Double]], _ figure: Int, _ mean: Double) -> Double {
      runs.reduce(0) { $0 + ($1[figure] - mean) * ($1[figure] - mean) }
    }
    var weights: [Double] = []
    var middles: [Double] = []
    let freedom = Double(members.count + others.count - 2)
    for figure in 0..<width {
      let (first, second) = (mean(members, figure), mean(others, figure))
      let within = squares(members, figure, first) + squares(others, figure, second)
      let variance = within / freedom
      let size = max(first.magnitude, second.magnitude)
      // A figure that never varies but by membership tells it for certain; a bound keeps it finite.
      let least = 1e-6 * size * size + 1e-12
      let gap = first - second
      weights.append(gap == 0 ? 0 : gap / max(variance, least))
      middles.append((first + second) / 2)
    }
    // Figures are alike, so that their evidence is averaged and not added.
    self.weights = weights.map { $0 / Double(width) }
    self.middles = middles
  }

  /// The evidence that a run had the target, above 0 if it is for it.
  func score(_ figures: [Double]) -> Double {
    figures.indices.reduce(0) { $0 + weights[$1] * (figures[$1] - middles[$1]) }
  }

  /// How far the scores of the runs it was learned from lie apart, in their standard deviations.
  func separation(members: [[Double]], others: [[Double]]) -> Double {
    let scores = [members, others].map { runs in runs.map { score($0) } }
    let means = scores.map { $0.reduce(0, +) / Double(max(1, $0.count)) }
    let squares = zip(scores, means).reduce(0) { sum, part in
      sum + part.0.reduce(0) { $0 + ($1 - part.1) * ($1 - part.1) }
    }
    let variance = squares / Double(max(1, members.count + others.count - 2))
    let gap = means[0] - means[1]
    return gap <= 0 ? 0 : gap / (variance + 1e-12 * gap * gap).squareRoot()
  }
}
