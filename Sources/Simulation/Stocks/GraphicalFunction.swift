// SPDX-License-Identifier: Apache-2.0

/// A curve given by points.
struct GraphicalFunction: Sendable {
  /// What lies between and beyond the points.
  enum Kind: String, Sendable, CaseIterable {
    /// Straight lines; the end values beyond.
    case continuous
    /// Straight lines, also beyond.
    case extrapolate
    /// Steps, from each point to the next.
    case discrete
  }

  var xs: [Double]
  var ys: [Double]
  var kind = Kind.continuous

  func value(at x: Double) -> Double {
    let last = xs.count - 1
    guard last >= 1 else { return ys.first ?? .nan }
    if kind != .extrapolate {
      if x <= xs[0] { return ys[0] }
      if x >= xs[last] { return ys[last] }
    }
    var place = 0
    while place < last - 1, xs[place + 1] <= x { place += 1 }
    if kind == .discrete { return ys[place] }
    let share = (x - xs[place]) / (xs[place + 1] - xs[place])
    return ys[place] + share * (ys[place + 1] - ys[place])
  }
}
