// SPDX-License-Identifier: Apache-2.0

/// The incomplete gamma function, which is the distribution function of the gamma.
public enum IncompleteGamma {
  /// P(shape, x) = γ(shape, x) / Γ(shape): the probability that a gamma of this shape and scale 1 lies
  /// at or below x; in [0, 1].
  ///
  /// ## Source
  /// Abramowitz and Stegun, 6.5.29 (the series, below shape + 1) and 6.5.31 (the continued fraction, from
  /// there on), the latter by the method of Lentz, Applied Optics 15 (1976) 668–671.
  ///
  /// - Precondition: shape > 0, finite.
  public static func regularized(_ x: Double, shape: Double) -> Double {
    precondition(shape > 0 && shape.isFinite, "the shape is positive")
    guard x > 0 else { return 0 }
    guard x.isFinite else { return 1 }
    let scale = ElementaryFunctions.exp(
      shape * ElementaryFunctions.log(x) - x - ElementaryFunctions.logGamma(shape))
    if x < shape + 1 {
      var term = 1 / shape
      var sum = term
      var next = shape
      for _ in 0..<limit(shape) {
        next += 1
        term *= x / next
        sum += term
        if term < sum * 1e-17 { break }
      }
      return min(1, sum * scale)
    }
    var b = x + 1 - shape
    var c = 1e300
    var d = 1 / b
    var fraction = d
    for step in 1...limit(shape) {
      let a = -Double(step) * (Double(step) - shape)
      b += 2
      d = a * d + b
      if d.magnitude < 1e-300 { d = 1e-300 }
      c = b + a / c
      if c.magnitude < 1e-300 { c = 1e-300 }
      d = 1 / d
      let change = d * c
      fraction *= change
      if (change - 1).magnitude < 3e-16 { break }
    }
    return max(0, 1 - scale * fraction)
  }

  /// How many terms are taken at most: they die out within some ten square roots of the shape.
  private static func limit(_ shape: Double) -> Int {
    500 + Int(min(1e6, 20 * shape.squareRoot()))
  }
}
