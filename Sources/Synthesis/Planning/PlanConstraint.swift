// SPDX-License-Identifier: Apache-2.0

/// Something that holds in every row of the real table and is kept in every synthetic one.
public enum PlanConstraint: Hashable, Sendable, Codable {
  /// The value is never below that of another variable.
  case atLeast(String)
  /// The value is never above that of another variable.
  case atMost(String)
  /// Whether the value is missing, and why, follows from another variable ("not applicable").
  case missingFollows(String)

  /// The constraint in words.
  public var description: String {
    switch self {
    case .atLeast(let other): "never below \(other)"
    case .atMost(let other): "never above \(other)"
    case .missingFollows(let other): "missing or not follows from \(other)"
    }
  }

  /// The variable that another is tied to.
  package var variable: String {
    switch self {
    case .atLeast(let name), .atMost(let name), .missingFollows(let name): name
    }
  }
}
