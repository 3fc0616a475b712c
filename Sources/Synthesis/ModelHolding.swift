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
  /// Whether single real rows are among it; `nil` where none are.
  public var holdsRows: Bool?

  /// Creates an entry.
  public init(
    name: String, action: String, holdings: String, leastSupport: Double?, holdsRows: Bool? = nil
  ) {
    self.name = name
    self.action = action
    self.holdings = holdings
    self.leastSupport = leastSupport
    self.holdsRows = holdsRows
  }
}
