// SPDX-License-Identifier: Apache-2.0
import Learners

/// Weights as whole numbers of two bytes, times a power of two that they share.
struct RoundedWeights: Hashable, Sendable {
  /// The power of two.
  let exponent: Int
  /// The whole numbers.
  let steps: [Int16]

  /// The exponents there may be.
  static let exponents = -60...0

  /// Rounds weights, none of which is greater than a network may have.
  init(_ weights: [Float]) {
    let greatest = weights.reduce(0) { max($0, $1.magnitude) }
    var exponent = Self.exponents.upperBound
    while exponent > Self.exponents.lowerBound,
      greatest <= Self.power(exponent - 1) * 32_766
    { exponent -= 1 }
    let step = Self.power(exponent)
    self.exponent = exponent
    steps = weights.map { Int16(max(-32_767, min(32_767, ($0 / step).rounded()))) }
  }

  /// Creates weights as a generator file holds them; `nil` if there can be none such.
  init?(exponent: Int, steps: [Int16]) {
    guard Self.exponents.contains(exponent) else { return nil }
    self.exponent = exponent
    self.steps = steps
  }

  /// The weights, each exactly.
  var weights: [Float] {
    let step = Self.power(exponent)
    return steps.map { Float($0) * step }
  }

  private static func power(_ exponent: Int) -> Float {
    Float(sign: .plus, exponent: exponent, significand: 1)
  }
}

extension LatentLayer {
  /// The layer as a generator file holds it.
  var rounded: Self {
    var layer = self
    layer.weights = RoundedWeights(weights).weights
    return layer
  }
}

extension AutoregressiveNetwork {
  /// The network as a generator file holds it.
  var rounded: Self {
    var network = self
    for place in columns.indices {
      let column = columns[place]
      network.columns[place] = Column(
        embeddings: RoundedWeights(column.embeddings).weights,
        start: RoundedWeights(column.start).weights, inner: RoundedWeights(column.inner).weights,
        innerStart: RoundedWeights(column.innerStart).weights,
        outer: RoundedWeights(column.outer).weights,
        outerStart: RoundedWeights(column.outerStart).weights)
    }
    return network
  }
}
