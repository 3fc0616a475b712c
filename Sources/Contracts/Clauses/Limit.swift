// SPDX-License-Identifier: Apache-2.0

/// A limit that a contract states.
public struct Limit: Hashable, Sendable {
  /// What it bounds.
  public var measure: LimitMeasure
  /// The largest figure that keeps the clause.
  public var value: Double
  /// Where it stands.
  public var place: ClausePlace

  /// Creates a limit.
  public init(_ measure: LimitMeasure, _ value: Double, place: ClausePlace = ClausePlace()) {
    self.measure = measure
    self.value = value
    self.place = place
  }
}
