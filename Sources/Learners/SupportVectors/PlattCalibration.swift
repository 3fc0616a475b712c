// SPDX-License-Identifier: Apache-2.0
import Numerics

/// Turns the decision values of a machine into probabilities: 1/(1 + exp(−(a f + b))).
///
/// ## Source
/// Platt, "Probabilistic outputs for support vector machines" (1999), whose targets are drawn away from 0
/// and 1; Lin, Lin and Weng, "A note on Platt's probabilistic outputs for support vector machines",
/// Machine Learning 68 (2007) 267–276, for Newton's steps.
public struct PlattCalibration: Hashable, Sendable {
  /// a, by which decision values are multiplied.
  public private(set) var slope: Double
  /// b, which is added.
  public private(set) var intercept: Double

  /// Fits both numbers to values of rows that the machine did not learn from.
  public init(decisions: [Double], isPositive: [Bool]) {
    precondition(decisions.count == isPositive.count, "one class a value")
    let positive = Double(isPositive.count { $0 })
    let negative = Double(isPositive.count) - positive
    let (high, low) = ((positive + 1) / (positive + 2), 1 / (negative + 2))
    slope = 0
    intercept = ElementaryFunctions.log((positive + 1) / (negative + 1))
    func loss(_ a: Double, _ b: Double) -> Double {
      var sum = 0.0
      for (f, isHigh) in zip(decisions, isPositive) {
        let odds = a * f + b
        let soft =
          max(odds, 0) + ElementaryFunctions.log(1 + ElementaryFunctions.exp(-odds.magnitude))
        sum += soft - (isHigh ? high : low) * odds
      }
      return sum
    }
    var current = loss(slope, intercept)
    for _ in 0..<100 {
      // A little on the diagonal keeps the step finite where all values are equal.
      var (aa, ab, bb) = (1e-12, 0.0, 1e-12)
      var (ga, gb) = (0.0, 0.0)
      for (f, isHigh) in zip(decisions, isPositive) {
        let odds = min(700, max(-700, slope * f + intercept))
        let p = 1 / (1 + ElementaryFunctions.exp(-odds))
        let (residual, weight) = ((isHigh ? high : low) - p, p * (1 - p))
        aa += f * f * weight
        ab += f * weight
        bb += weight
        ga += residual * f
        gb += residual
      }
      if max(ga.magnitude, gb.magnitude) < 1e-10 * Double(max(decisions.count, 1)) { break }
      let determinant = aa * bb - ab * ab
      guard determinant > 0 else { break }
      let step = ((bb * ga - ab * gb) / determinant, (aa * gb - ab * ga) / determinant)
      var length = 1.0
      while length > 1e-10 {
        let next = (slope + length * step.0, intercept + length * step.1)
        let reached = loss(next.0, next.1)
        if reached <= current + 1e-13 * current.magnitude {
          (slope, intercept, current) = (next.0, next.1, reached)
          break
        }
        length /= 2
      }
      if length <= 1e-10 { break }
    }
  }
}
