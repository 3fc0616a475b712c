// SPDX-License-Identifier: Apache-2.0

/// An exact relation between columns that holds in every row of the real table.
public enum Relation: Hashable, Sendable, Codable {
  /// The value is a function of another variable's level (a code and its label).
  case lookup(of: String)
  /// The value is the sum of `plus` less the sum of `minus`.
  case sum(plus: [String], minus: [String])
  /// The value is a constant times the product of variables raised to whole powers.
  case product(factor: Double, powers: [String: Int])

  /// The variables the value follows from.
  public var sources: [String] {
    switch self {
    case .lookup(let source): [source]
    case .sum(let plus, let minus): plus + minus
    case .product(_, let powers): powers.keys.sorted()
    }
  }

  /// The relation in words.
  public var description: String {
    switch self {
    case .lookup(let source): return "follows from \(source)"
    case .sum(let plus, let minus):
      return "= " + plus.joined(separator: " + ") + minus.map { " − \($0)" }.joined()
    case .product(let factor, let powers):
      let terms = powers.sorted { $0.key < $1.key }.map { "\($0.key)^\($0.value)" }
      return "= \(factor) × " + terms.joined(separator: " × ")
    }
  }
}
