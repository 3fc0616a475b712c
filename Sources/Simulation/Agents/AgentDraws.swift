// SPDX-License-Identifier: Apache-2.0
public import Randomness

/// The draws of one agent in one step, keyed by both: whoever acts before changes none of them.
public struct AgentDraws: Sendable {
  @usableFromInline var stream: RandomStream

  @inlinable
  init(_ stream: RandomStream) { self.stream = stream }

  /// A uniform in [0, 1).
  @inlinable
  public mutating func uniform() -> Double { Draws.uniform(using: &stream) }

  /// A whole number in 0 ..< bound.
  ///
  /// - Precondition: bound > 0.
  @inlinable
  public mutating func integer(below bound: Int) -> Int {
    Draws.integer(below: bound, using: &stream)
  }
}
