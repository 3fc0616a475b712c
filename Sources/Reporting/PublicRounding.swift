// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// How figures of confidential data are rounded before anyone but the owner sees them.
enum PublicRounding {
  /// A count to two significant digits, at least to tens.
  static func count(_ value: Int) -> Int {
    var step = 10
    while value / step >= 100 { step *= 10 }
    return (value + step / 2) / step * step
  }

  /// A number to so many digits after the point.
  static func number(_ value: Double?, places: Int) -> Double? {
    guard let value, value.isFinite else { return nil }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    return (value * scale).rounded() / scale
  }

  /// A score to so many digits after the point.
  static func score(_ score: Score, places: Int) -> Score {
    var rounded = score
    rounded.value = number(score.value, places: places)
    rounded.reference = number(score.reference, places: places)
    rounded.limit = number(score.limit, places: places)
    return rounded
  }
}
