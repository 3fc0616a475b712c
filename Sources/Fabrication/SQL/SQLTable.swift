// SPDX-License-Identifier: Apache-2.0

/// A table as `CREATE TABLE` declares it.
public struct SQLTable: Hashable, Sendable {
  /// A column.
  public struct Column: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// Its type in capitals, without length.
    public var type: String
    /// What stands in brackets after the type: length, or digits and decimals.
    public var sizes: [Int] = []
    /// The values of an `ENUM`, or of a `CHECK` that lists them.
    public var levels: [String] = []
    /// The least value that a `CHECK` allows.
    public var least: Double?
    /// The greatest value that a `CHECK` allows.
    public var greatest: Double?
    /// Whether it may not be NULL.
    public var isRequired = false
    /// Whether no two rows have the same value.
    public var isUnique = false
  }

  /// A foreign key.
  public struct Reference: Hashable, Sendable {
    /// The columns that point.
    public var columns: [String]
    /// The table to which they point.
    public var table: String
    /// The columns to which they point; empty for its primary key.
    public var targets: [String]
  }

  /// Its name.
  public var name: String
  /// Its columns.
  public var columns: [Column] = []
  /// The columns of the primary key.
  public var primaryKey: [String] = []
  /// Its foreign keys.
  public var references: [Reference] = []
  /// Several columns that no two rows have alike.
  public var uniqueKeys: [[String]] = []
  /// Checks that are kept by nothing here: they are named so that the reader knows.
  public var openChecks = 0
  /// The statement as it stands.
  public var statement = ""
}
