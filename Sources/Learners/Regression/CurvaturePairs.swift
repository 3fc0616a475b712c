// SPDX-License-Identifier: Apache-2.0

/// The last steps of a search for a greatest value, with how the gradient changed along each.
///
/// ## Source
/// Nocedal and Wright, "Numerical Optimization" (2006), algorithm 7.4.
struct CurvaturePairs {
  private let memory: Int
  private var pairs: [(step: [Double], change: [Double], curvature: Double)] = []

  init(memory: Int) { self.memory = memory }

  /// Remembers a step and how much the gradient fell along it.
  mutating func add(step: [Double], change: [Double]) {
    let curvature = Self.dot(step, change)
    guard curvature > 0 else { return }
    if pairs.count == memory { pairs.removeFirst() }
    pairs.append((step, change, curvature))
  }

  /// The direction that a gradient asks for, with an approximate solution of the curvature.
  func direction(_ gradient: [Double], _ solve: ([Double]) -> [Double]) -> [Double] {
    var direction = gradient
    var shares: [Double] = []
    for pair in pairs.reversed() {
      let share = Self.dot(pair.step, direction) / pair.curvature
      shares.append(share)
      Self.add(-share, pair.change, to: &direction)
    }
    direction = solve(direction)
    for (pair, share) in zip(pairs, shares.reversed()) {
      let back = Self.dot(pair.change, direction) / pair.curvature
      Self.add(share - back, pair.step, to: &direction)
    }
    return direction
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for place in a.indices { sum += a[place] * b[place] }
    return sum
  }

  private static func add(_ scale: Double, _ a: [Double], to b: inout [Double]) {
    for place in a.indices { b[place] += scale * a[place] }
  }
}
