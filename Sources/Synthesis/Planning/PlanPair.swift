// SPDX-License-Identifier: Apache-2.0

/// Two variables, in whichever order.
public struct PlanPair: Hashable, Sendable {
  /// The one whose name comes first.
  public let first: String
  /// The other.
  public let second: String

  /// Creates a pair of two different variables.
  public init(_ first: String, _ second: String) {
    self.first = min(first, second)
    self.second = max(first, second)
  }

  /// All pairs of some variables.
  public static func all(of names: [String]) -> [PlanPair] {
    names.indices.flatMap { place in
      names[(place + 1)...].map { PlanPair(names[place], $0) }
    }
  }

  /// The other variable of the pair, or `nil` if a name is in neither place.
  public func other(than name: String) -> String? {
    name == first ? second : (name == second ? first : nil)
  }
}
