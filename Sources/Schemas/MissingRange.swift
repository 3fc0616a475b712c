// SPDX-License-Identifier: Apache-2.0

/// A stretch of numbers that all stand for missing, such as `97 THRU HIGHEST`; the ends belong to it.
public struct MissingRange: Hashable, Sendable, Codable {
  /// The least number; `nil` for no lower end.
  public var lowest: Double?
  /// The greatest number; `nil` for no upper end.
  public var highest: Double?

  /// Creates a range.
  public init(lowest: Double?, highest: Double?) {
    self.lowest = lowest
    self.highest = highest
  }

  /// Whether a number lies in the range.
  public func contains(_ number: Double) -> Bool {
    (lowest.map { number >= $0 } ?? true) && (highest.map { number <= $0 } ?? true)
  }
}
