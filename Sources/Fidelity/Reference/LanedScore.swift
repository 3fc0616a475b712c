// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// A figure before it is reported: of the synthetic rows, of a holdout, and of each bootstrap draw.
struct LanedScore: Sendable {
  /// The figure, or `nil` where it is not computable.
  var value: Double?
  /// The figure of the holdout, where there is one.
  var holdout: Double?
  /// The figure of each bootstrap draw of the real rows.
  var lanes: Lanes
  /// Why there is no figure.
  var reason: String?

  init(_ value: Double, holdout: Double?, lanes: Lanes) {
    self.value = value
    self.holdout = holdout
    self.lanes = lanes
  }

  init(notComputable reason: String) {
    self.reason = reason
    lanes = Lanes(repeating: .nan)
  }

  /// The score as it is reported, with its reference and its limit.
  ///
  /// With a holdout the reference is the holdout's figure. A single holdout has no spread, so the
  /// limit adds the spread of the draws to the worse of the holdout's figure and the draws' mean.
  var score: Score {
    guard let value else { return Score(notComputable: reason ?? "not computable") }
    let drawn = lanes.reference
    guard let holdout else {
      return Score(value, reference: drawn?.mean, limit: drawn?.limit)
    }
    let limit = drawn.map { max(holdout, $0.mean) + ($0.limit - $0.mean) }
    return Score(value, reference: holdout, limit: limit)
  }

  /// The mean of several figures in per cent; those that are not computable are left out and counted.
  static func meanPercent(of scores: [LanedScore], noun: String) -> Score {
    let computed = scores.filter { $0.value != nil }
    guard !computed.isEmpty else {
      return Score(
        notComputable: scores.isEmpty ? "there are no \(noun)" : "no \(noun) could be measured")
    }
    let scale = 100 / Double(computed.count)
    var sum = SIMD16<Double>.zero
    for score in computed {
      // A draw without a figure counts as the mean of the others, so that it moves no average.
      let fallback = Float(score.lanes.reference?.mean ?? .nan)
      for lane in 0..<Lanes.scalarCount {
        sum[lane] += Double(score.lanes[lane].isFinite ? score.lanes[lane] : fallback)
      }
    }
    var lanes = Lanes.zero
    for lane in 0..<Lanes.scalarCount { lanes[lane] = Float(sum[lane] * scale) }
    let holdouts = computed.compactMap(\.holdout)
    var score = LanedScore(
      computed.reduce(0) { $0 + ($1.value ?? 0) } * scale,
      holdout: holdouts.count == computed.count ? holdouts.reduce(0, +) * scale : nil, lanes: lanes
    ).score
    if computed.count < scores.count {
      score.note =
        "averaged over \(computed.count) \(noun); \(scores.count - computed.count) not computable"
    }
    return score
  }
}
