// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness

/// How far the choice of one row is.
struct RowState: Sendable {
  private var exact = CandidateChoice()
  private var backed = CandidateChoice()
  private var isAccepted = false
  /// Whether there are candidates enough.
  private(set) var isDone = false
  /// The last variable whose condition ended a candidate, −1 if none did.
  private(set) var end: Int32 = -1

  /// Whether a candidate is chosen.
  var isSettled: Bool { exact.isSettled || backed.isSettled }

  /// Whether what was chosen is what the model never makes.
  var isUnseen: Bool { !exact.isSettled && backed.isSettled }

  /// The effective sample size of the choice.
  var effectiveCount: Double {
    isAccepted ? .infinity : exact.isSettled ? exact.effectiveCount : backed.effectiveCount
  }

  /// Takes in a block of the row's candidates; returns the one of the batch that is chosen now, if it is
  /// another than before.
  mutating func add(
    _ batch: CandidateBatch, _ own: Range<Int>, _ effort: ConditionalRun.Effort, row: UInt64,
    _ streams: (choice: StreamKey, acceptance: StreamKey), firstCandidate: UInt64
  ) -> Int? {
    if let cap = effort.cap {
      for candidate in own where batch.weights[candidate] > -.infinity {
        let weight = batch.weights[candidate] - cap
        let uniform = streams.acceptance.uniforms(
          entity: firstCandidate &+ UInt64(candidate), draw: 0
        ).0
        if weight >= 0 || uniform < ElementaryFunctions.exp(weight) {
          (isAccepted, isDone) = (true, true)
          // Whatever was kept for want of a better one is forgotten.
          exact = CandidateChoice()
          _ = exact.add([0], stay: 0.5, pick: 0)
          return candidate
        }
      }
    }
    for candidate in own { end = max(end, batch.ends[candidate]) }
    let (stay, pick) = streams.choice.uniforms(entity: row, draw: 0)
    let wasSettled = exact.isSettled
    let chosen = exact.add(batch.weights[own], stay: stay, pick: pick)
    isDone = effort.cap == nil && exact.effectiveCount >= effort.enough
    if exact.isSettled { return chosen.map { own.lowerBound + $0 } }
    precondition(!wasSettled, "a choice that was settled stays so")
    let other = backed.add(batch.backedWeights[own], stay: stay, pick: pick)
    return other.map { own.lowerBound + $0 }
  }
}
