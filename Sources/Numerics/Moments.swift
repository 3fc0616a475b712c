// SPDX-License-Identifier: Apache-2.0

/// The mean and the standard deviation of a sample, with or without weights.
public struct Moments: Hashable, Sendable {
  /// The mean, Σ wᵢxᵢ / Σ wᵢ.
  public let mean: Double
  /// The standard deviation; nil where it is not defined, as of one value.
  ///
  /// With V₁ = Σ wᵢ and V₂ = Σ wᵢ², it is the root of Σ wᵢ(xᵢ − mean)² / (V₁ − V₂/V₁): with equal
  /// weights the usual one, divided by n − 1. Multiplying all weights by a number changes nothing.
  public let standardDeviation: Double?

  /// The moments of these values; nil of no values.
  public init?(of values: [Double]) {
    self.init(of: values, weights: nil)
  }

  /// The moments of weighted values; nil of no values or if the weights sum to 0.
  ///
  /// - Precondition: as many weights as values, finite, none negative.
  public init?(of values: [Double], weights: [Double]) {
    precondition(weights.count == values.count, "each value has a weight")
    self.init(of: values, weights: Optional(weights))
  }

  private init?(of values: [Double], weights: [Double]?) {
    let centred = CentredValues(values, weights: weights)
    guard let centred else { return nil }
    mean = centred.mean * centred.scale
    guard centred.freedom > 0 else {
      standardDeviation = nil
      return
    }
    var squares = CompensatedSum()
    for (index, value) in centred.deviations.enumerated() {
      squares.add(centred.weight(index) * value * value)
    }
    standardDeviation = (squares.value / centred.freedom).squareRoot() * centred.scale
  }
}

/// Deviations from the mean, scaled by a power of two so that no square overflows or vanishes.
struct CentredValues {
  let deviations: [Double]
  let mean: Double
  let scale: Double
  /// V₁ − V₂/V₁ in the weights as scaled; 0 for a single weight.
  let freedom: Double
  private let weights: [Double]?
  private let weightScale: Double

  init?(_ values: [Double], weights: [Double]? = nil) {
    guard let first = values.first else { return nil }
    let scale = CentredValues.scale(of: values)
    let weightScale = weights.map(CentredValues.scale(of:)) ?? 1
    func weight(_ index: Int) -> Double { weights.map { $0[index] / weightScale } ?? 1 }

    var total = CompensatedSum()
    var squared = CompensatedSum()
    var sum = CompensatedSum()
    for (index, value) in values.enumerated() {
      let weight = weight(index)
      total.add(weight)
      squared.add(weight * weight)
      // From the first value on, so that a constant has deviations of exactly 0.
      sum.add(weight * (value / scale - first / scale))
    }
    guard total.value > 0 else { return nil }
    let shift = sum.value / total.value
    self.deviations = values.map { ($0 / scale - first / scale) - shift }
    self.mean = first / scale + shift
    self.scale = scale
    self.freedom = values.count > 1 ? total.value - squared.value / total.value : 0
    self.weights = weights
    self.weightScale = weightScale
  }

  func weight(_ index: Int) -> Double {
    weights.map { $0[index] / weightScale } ?? 1
  }

  private static func scale(of values: [Double]) -> Double {
    let largest = values.reduce(0) { max($0, $1.magnitude) }
    guard largest > 0, largest.isFinite else { return 1 }
    // Dividing by the smallest powers of two would overflow.
    return Double(sign: .plus, exponent: max(Int(largest.exponent), -1000), significand: 1)
  }
}
