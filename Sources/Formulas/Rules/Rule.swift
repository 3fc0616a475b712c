// SPDX-License-Identifier: Apache-2.0
public import Tables

/// A condition that each row of a table is to keep.
public struct Rule: Sendable {
  /// The rule as it is written.
  public let text: String
  private let condition: CompiledFormula

  /// Reads and checks a rule.
  ///
  /// - Throws: `DataError` with line, column and a suggestion.
  public init(
    _ text: String, in scope: FormulaScope, at place: SourcePlace = SourcePlace()
  ) throws(DataError) {
    self.text = text
    condition = try CompiledFormula(
      condition: Expression(parsing: text, at: place), in: scope)
  }

  /// Whether each row keeps the rule; `nil` where it does not apply because something is missing.
  public func verdicts(_ data: FormulaData) -> [Bool?] { condition.truths(data) }

  /// Counts the rows that keep the rule, break it, and to which it does not apply.
  public func count(_ data: FormulaData) -> RuleCount {
    var count = RuleCount()
    for verdict in verdicts(data) {
      switch verdict {
      case true: count.kept += 1
      case false: count.broken += 1
      case nil: count.notApplicable += 1
      }
    }
    return count
  }
}

/// How many rows keep a rule.
public struct RuleCount: Hashable, Sendable, Codable {
  /// Rows in which it is true.
  public var kept = 0
  /// Rows in which it is false.
  public var broken = 0
  /// Rows in which it is missing: neither kept nor broken.
  public var notApplicable = 0

  /// Creates a count of nothing.
  public init() {}
}
