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

  /// The digits after the point of the figures of single variables and pairs.
  ///
  /// In a table of ten thousand rows a tenth of a per cent is ten rows or more.
  static func places(forRowCount rowCount: Int) -> Int { rowCount >= 10_000 ? 3 : 2 }

  /// A number to so many digits after the point; what is not zero is not rounded to zero.
  static func number(_ value: Double?, places: Int) -> Double? {
    guard let value, value.isFinite else { return nil }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let units = (value * scale).rounded()
    guard units == 0, value != 0 else { return units / scale }
    return (value < 0 ? -1 : 1) / scale
  }

  /// A score to so many digits after the point.
  static func score(_ score: Score, places: Int) -> Score {
    var rounded = score
    rounded.value = number(score.value, places: places)
    rounded.reference = number(score.reference, places: places)
    rounded.limit = number(score.limit, places: places)
    rounded.lower = number(score.lower, places: places)
    rounded.upper = number(score.upper, places: places)
    // A note is written for the owner, and may hold counts.
    rounded.note = nil
    return rounded
  }
}
