// SPDX-License-Identifier: Apache-2.0

/// Rules of who is not asked, found in the real table and looked for in the synthetic one.
///
/// A rule says that a column is missing in every real row that holds a level of another column, and
/// present in others.
public struct SkipRuleFidelity: Hashable, Sendable, Codable {
  /// How many rules hold in the real table.
  public var ruleCount: Int
  /// Of the cells to which rules apply, the share that breaks one.
  public var violations: Score
  /// The rules broken most, worst first.
  public var worst: [Rule]

  /// One rule.
  public struct Rule: Hashable, Sendable, Codable {
    /// The column that is missing.
    public var column: String
    /// The column that decides.
    public var source: String
    /// Its level.
    public var level: String
    /// The synthetic rows to which the rule applies.
    public var rowCount: Int
    /// Those of them that break it.
    public var brokenCount: Int

    /// Creates a rule.
    public init(column: String, source: String, level: String, rowCount: Int, brokenCount: Int) {
      self.column = column
      self.source = source
      self.level = level
      self.rowCount = rowCount
      self.brokenCount = brokenCount
    }
  }

  /// Creates a result.
  public init(ruleCount: Int, violations: Score, worst: [Rule]) {
    self.ruleCount = ruleCount
    self.violations = violations
    self.worst = worst
  }
}
