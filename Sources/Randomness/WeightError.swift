// SPDX-License-Identifier: Apache-2.0

/// Weights from which nothing can be drawn.
public enum WeightError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There are no weights, or more than 2³² − 1.
  case count(Int)
  /// A weight is negative, infinite or not a number; its index is given.
  case invalid(index: Int)
  /// All weights are 0.
  case allZero

  /// What is wrong, in one sentence.
  public var description: String {
    switch self {
    case .count(let count): "there are \(count) weights to draw from"
    case .invalid(let index): "weight \(index) is negative or not a finite number"
    case .allZero: "all weights are 0"
    }
  }

  /// Divides the weights by a power of two near the largest one, so that no sum overflows.
  static func scaled(_ weights: [Double]) throws(WeightError) -> [Double] {
    guard !weights.isEmpty, weights.count < UInt32.max else { throw .count(weights.count) }
    var largest = 0.0
    for (index, weight) in weights.enumerated() {
      guard weight >= 0, weight.isFinite else { throw .invalid(index: index) }
      largest = max(largest, weight)
    }
    guard largest > 0 else { throw .allZero }
    let scale = Double(sign: .plus, exponent: max(Int(largest.exponent), -1000), significand: 1)
    return weights.map { $0 / scale }
  }
}
