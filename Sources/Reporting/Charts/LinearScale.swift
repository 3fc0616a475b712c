// SPDX-License-Identifier: Apache-2.0

/// Maps a range of values to a range of places in a drawing.
struct LinearScale {
  let values: ClosedRange<Double>
  let places: ClosedRange<Double>

  func place(of value: Double) -> Double {
    let width = values.upperBound - values.lowerBound
    guard width > 0, value.isFinite else { return places.lowerBound }
    let share = min(max((value - values.lowerBound) / width, 0), 1)
    return places.lowerBound + share * (places.upperBound - places.lowerBound)
  }

  /// The smallest of 1, 2, 5 × 10ᵏ that is no less than a value.
  static func roundedUp(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 1 }
    var power = 1.0
    while power > value { power /= 10 }
    while power * 10 <= value { power *= 10 }
    for factor in [1.0, 2, 5, 10] where factor * power >= value * (1 - 1e-9) {
      return factor * power
    }
    return 10 * power
  }
}
