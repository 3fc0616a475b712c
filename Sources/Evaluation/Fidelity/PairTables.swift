// SPDX-License-Identifier: Apache-2.0

/// The joint tables of pairs of variables, real beside synthetic, for an owner who looks at a pair.
///
/// Scales are cut into a few groups by the real quantiles, levels of few rows are one group. These are
/// counts of confidential data and belong to the owner.
public struct PairTables: Hashable, Sendable {
  /// The variables.
  public var columns: [Column]
  /// The pairs, worst first.
  public var pairs: [Pair]
  /// How many pairs were left out, for size.
  public var omittedCount: Int

  /// One variable and its groups.
  public struct Column: Hashable, Sendable {
    /// The variable's name.
    public var name: String
    /// What each group is called.
    public var groups: [Group]

    /// Creates an entry.
    public init(name: String, groups: [Group]) {
      self.name = name
      self.groups = groups
    }
  }

  /// One group of values.
  public enum Group: Hashable, Sendable {
    /// Cells that are missing.
    case missing
    /// A level, or what stands for several.
    case level(String)
    /// Numbers above `above` and up to `upTo`; `nil` is open.
    case interval(above: Double?, upTo: Double?)
  }

  /// One pair and its counts, the groups of the second variable within those of the first.
  public struct Pair: Hashable, Sendable {
    /// The place of the first variable.
    public var first: Int
    /// The place of the second variable.
    public var second: Int
    /// Real rows a cell.
    public var real: [Int]
    /// Synthetic rows a cell.
    public var synthetic: [Int]

    /// Creates an entry.
    public init(first: Int, second: Int, real: [Int], synthetic: [Int]) {
      self.first = first
      self.second = second
      self.real = real
      self.synthetic = synthetic
    }
  }

  /// Creates tables.
  public init(columns: [Column], pairs: [Pair], omittedCount: Int) {
    self.columns = columns
    self.pairs = pairs
    self.omittedCount = omittedCount
  }
}
