// SPDX-License-Identifier: Apache-2.0
public import Tables

/// How a column is computed from finished columns.
public struct Derivation: Hashable, Sendable {
  /// The column's name.
  public var name: String
  /// The relation.
  public var relation: Relation
  /// For a lookup: for each missing reason and then each level of the source, the value.
  public var entries: LookupEntries?
  /// The reasons for which the column is missing.
  public var missingReasons: [MissingReason]
  /// How values are stored; for a lookup its entries say.
  public var storage: ScaleStorage
  /// Units of the grid in one, or 0; computed values are rounded to it.
  public var gridScale: Double

  /// The values a lookup gives.
  public struct LookupEntries: Hashable, Sendable {
    /// One value for each bin of the source.
    public var values: ColumnValues
    /// For each bin 0, or the number of the missing reason, counted from 1.
    public var missing: [UInt8]
    /// The weight of rows behind each bin.
    public var weights: [Double]

    /// Creates entries.
    public init(values: ColumnValues, missing: [UInt8], weights: [Double]) {
      self.values = values
      self.missing = missing
      self.weights = weights
    }
  }

  /// Creates a derivation as a generator file holds it.
  public init(
    name: String, relation: Relation, entries: LookupEntries?, missingReasons: [MissingReason],
    storage: ScaleStorage, gridScale: Double
  ) {
    self.name = name
    self.relation = relation
    self.entries = entries
    self.missingReasons = missingReasons
    self.storage = storage
    self.gridScale = gridScale
  }
}
