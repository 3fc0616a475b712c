// SPDX-License-Identifier: Apache-2.0

/// The place at which a rising function takes a value: Newton's steps, halved where they leave what is
/// known to hold the root.
enum MonotoneRoot {
  /// - Parameters:
  ///   - most: The greatest exponent by which terms grow, so that one step goes over no more than e³.
  ///   - target: The value to be taken.
  ///   - function: Value and slope at a place; neither falls.
  static func find(
    most: Double, target: Double, _ function: (Double) -> (value: Double, slope: Double)
  ) -> Double {
    guard most > 0 else { return 0 }
    let longest = 3 / most
    var place = 0.0
    var low = -Double.infinity
    var high = Double.infinity
    for _ in 0..<50 {
      let (value, slope) = function(place)
      if value == target { break }
      if value < target { low = place } else { high = place }
      var step = slope > 0 ? (target - value) / slope : (value < target ? longest : -longest)
      step = max(-longest, min(longest, step))
      var next = place + step
      if next <= low || next >= high { next = (low + high) / 2 }
      guard next.isFinite, abs(next - place) * most > 1e-14 else { break }
      place = next
    }
    return place
  }
}
