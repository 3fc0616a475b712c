// SPDX-License-Identifier: Apache-2.0
import Numerics

/// The choice of one row among candidates that come block by block: each with a chance proportional to its
/// weight, whatever blocks there are.
///
/// ## Source
/// Rubin, "The calculation of posterior distributions by data augmentation: Comment", *JASA* 82 (1987):
/// sampling, importance resampling; one draw from all candidates of a row. Effective sample size: Kong,
/// "A note on importance sampling using standardized weights", Chicago, 1992, (Σw)²/Σw².
struct CandidateChoice {
  /// The greatest logarithm of a weight so far.
  private(set) var greatest = -Double.infinity
  private var sum = 0.0
  private var squares = 0.0

  /// Whether any candidate has a weight.
  var isSettled: Bool { sum > 0 }

  /// The effective sample size.
  var effectiveCount: Double { squares > 0 ? sum * sum / squares : 0 }

  /// Takes in a block of candidates.
  ///
  /// - Parameters:
  ///   - weights: The logarithms of their weights.
  ///   - stay: A number in 0..<1 that decides between the block and those before.
  ///   - pick: One that picks a candidate of the block.
  /// - Returns: The candidate that takes the place of the one chosen before; `nil` if that one stays.
  mutating func add(_ weights: ArraySlice<Double>, stay: Double, pick: Double) -> Int? {
    guard let top = weights.max(), top > -.infinity else { return nil }
    let base = max(greatest, top)
    var own = 0.0
    var ownSquares = 0.0
    for weight in weights where weight > -.infinity {
      let share = ElementaryFunctions.exp(weight - base)
      own += share
      ownSquares += share * share
    }
    let scale = sum > 0 ? ElementaryFunctions.exp(greatest - base) : 0
    let before = sum * scale
    greatest = base
    sum = before + own
    squares = squares * scale * scale + ownSquares
    guard stay * sum >= before else { return nil }
    var rest = pick * own
    var found: Int?
    for (place, weight) in weights.enumerated() where weight > -.infinity {
      found = place
      let share = ElementaryFunctions.exp(weight - base)
      if rest < share { break }
      rest -= share
    }
    return found
  }
}
