// SPDX-License-Identifier: Apache-2.0
import CMatrices

/// Parameters with their gradients, Adam's moments, and a running mean over steps.
final class AdamRoom: @unchecked Sendable {
  let parameters: FloatRoom
  let gradients: FloatRoom
  private let moments: FloatRoom
  private let squares: FloatRoom
  let means: FloatRoom

  /// Makes room for so many parameters, a number that is padded.
  init(_ count: Int) {
    parameters = FloatRoom(count)
    gradients = FloatRoom(count)
    moments = FloatRoom(count)
    squares = FloatRoom(count)
    means = FloatRoom(count)
  }

  /// Begins the running mean with the parameters as they are.
  func beginMeans() { means.base.update(from: parameters.base, count: parameters.count) }

  /// How parameters are stepped.
  struct Step: Sendable {
    /// The number of the step, from 1 on.
    var number: Int
    /// The size of the step.
    var rate: Float
    /// How much of a weight a step of size 1 takes away.
    var decay: Float

    /// How much of the running mean stays: that of the last tenth of all steps, and of 300 at the most.
    var memory: Float { 1 - 1 / Float(min(300, 1 + number / 10)) }
  }

  /// Takes a step.
  ///
  /// - Parameter weights: The stretches that decay; all others are starts, which do not.
  func step(_ step: Step, weights: [Range<Int>]) {
    let first = 1 - power(0.9, step.number)
    let second = 1 / (1 - power(0.999, step.number)).squareRoot()
    func move(_ range: Range<Int>, keep: Float) {
      guard !range.isEmpty else { return }
      matrix_adam(
        parameters.base + range.lowerBound, gradients.base + range.lowerBound,
        moments.base + range.lowerBound, squares.base + range.lowerBound, step.rate / first,
        second, keep, range.count)
    }
    var place = 0
    for range in weights {
      move(place..<range.lowerBound, keep: 1)
      move(range, keep: 1 - step.rate * step.decay)
      place = range.upperBound
    }
    move(place..<parameters.count, keep: 1)
    matrix_approach(means.base, parameters.base, 1 - step.memory, parameters.count)
  }

  private func power(_ base: Float, _ exponent: Int) -> Float {
    var result: Float = 1
    for _ in 0..<min(exponent, 20_000) where result > 1e-9 { result *= base }
    return result
  }

  /// Some of the running means, none greater than a network may have.
  func meanValues(_ start: Int, _ count: Int) -> [Float] { Self.bounded(means, start, count) }

  /// Some floats as a network may have them.
  static func bounded(_ room: FloatRoom, _ start: Int, _ count: Int) -> [Float] {
    let greatest = AutoregressiveNetwork.greatestWeight
    return room.values(start, count: count).map {
      $0.isNaN ? 0 : min(max($0, -greatest), greatest)
    }
  }
}
