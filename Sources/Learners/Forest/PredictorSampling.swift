// SPDX-License-Identifier: Apache-2.0
import Randomness

/// Draws the predictors that a node may be split on.
struct PredictorSampling {
  /// How many are drawn.
  let count: Int
  private var stream: RandomStream

  init(count: Int, stream: RandomStream) {
    self.count = count
    self.stream = stream
  }

  /// Moves drawn predictors to the front of a list, and returns how many they are.
  mutating func draw(from predictors: inout [Int32]) -> Int {
    let drawn = min(count, predictors.count)
    for place in 0..<drawn {
      let other = place + Draws.integer(below: predictors.count - place, using: &stream)
      predictors.swapAt(place, other)
    }
    return drawn
  }
}
