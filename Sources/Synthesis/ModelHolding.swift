// SPDX-License-Identifier: Apache-2.0

/// What a model holds of one variable, in words.
public struct ModelHolding: Hashable, Sendable, Codable {
  /// The variable.
  public var name: String
  /// How it is made.
  public var action: String
  /// Which statistics are stored.
  public var holdings: String
  /// The least weight that any of them rests on; `nil` where none comes from rows.
  public var leastSupport: Double?

  /// Creates an entry.
  public init(name: String, action: String, holdings: String, leastSupport: Double?) {
    self.name = name
    self.action = action
    self.holdings = holdings
    self.leastSupport = leastSupport
  }
}
