// SPDX-License-Identifier: Apache-2.0

public import Numerics

extension Draws {
  /// A Poisson count with this mean: by inversion below 10, by rejection from there on.
  ///
  /// Exact in distribution up to the rounding of the densities. A count that `Int` cannot hold
  /// becomes its largest.
  ///
  /// ## Source
  /// Hörmann, "The transformed rejection method for generating Poisson random variables",
  /// Insurance: Mathematics and Economics 12 (1993) 39–45, algorithm PTRS.
  ///
  /// - Precondition: the mean is not negative, and finite.
  @inlinable
  public static func poisson(
    mean: Double, using generator: inout some RandomNumberGenerator
  ) -> Int {
    precondition(mean >= 0 && mean.isFinite, "the mean is not negative")
    if mean == 0 { return 0 }
    if mean < 10 { return smallPoisson(mean: mean, using: &generator) }
    return largePoisson(mean: mean, using: &generator)
  }

  /// By inversion: the first k whose cumulative probability exceeds one uniform.
  @inlinable
  static func smallPoisson(mean: Double, using generator: inout some RandomNumberGenerator) -> Int {
    var rest = uniform(using: &generator)
    var probability = ElementaryFunctions.exp(-mean)
    var k = 0
    // Beyond 110 the probability of any mean below 10 is under 2⁻²⁰⁰; only rounding gets there.
    while rest >= probability, k < 110 {
      rest -= probability
      k += 1
      probability *= mean / Double(k)
    }
    return k
  }

  /// Algorithm PTRS, for means of at least 10.
  @inlinable
  static func largePoisson(mean: Double, using generator: inout some RandomNumberGenerator) -> Int {
    let root = mean.squareRoot()
    let b = 0.931 + 2.53 * root
    let a = -0.059 + 0.02483 * b
    let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
    let vr = 0.9277 - 3.6224 / (b - 2)
    let logMean = ElementaryFunctions.log(mean)
    for _ in 0..<refusalLimit {
      let u = openUniform(using: &generator) - 0.5
      let v = openUniform(using: &generator)
      let us = 0.5 - u.magnitude
      let k = ((2 * a / us + b) * u + mean + 0.43).rounded(.down)
      if us >= 0.07, v <= vr { return count(k) }
      if k < 0 || (us < 0.013 && v > us) { continue }
      let left = ElementaryFunctions.log(v * inverseAlpha / (a / (us * us) + b))
      if left <= k * logMean - mean - ElementaryFunctions.logGamma(k + 1) { return count(k) }
    }
    return count(mean.rounded(.down))
  }

  /// A whole number as an `Int`, the nearest one it can hold.
  @inlinable
  static func count(_ k: Double) -> Int {
    k < 0x1p63 ? Int(k) : .max
  }
}
