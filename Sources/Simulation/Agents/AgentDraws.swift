// SPDX-License-Identifier: Apache-2.0
import Randomness

/// The draws of one agent in one step, keyed by both: whoever acts before changes none of them.
public struct AgentDraws: Sendable {
  private var stream: RandomStream

  init(_ key: StreamKey, agent: Int, step: Int) {
    stream = key.stream(entity: UInt64(agent), period: UInt32(truncatingIfNeeded: step))
  }

  /// A uniform in [0, 1).
  public mutating func uniform() -> Double { Draws.uniform(using: &stream) }

  /// A whole number in 0 ..< bound.
  ///
  /// - Precondition: bound > 0.
  public mutating func integer(below bound: Int) -> Int {
    Draws.integer(below: bound, using: &stream)
  }
}
