// SPDX-License-Identifier: Apache-2.0

/// One or more named tables; a single file is a data set of one table with an empty name.
public struct Dataset: Hashable, Sendable {
  /// The tables, in order.
  public var tables: [Table]

  /// Creates a data set.
  public init(tables: [Table]) { self.tables = tables }

  /// Creates a data set of one table.
  public init(_ table: Table) { self.init(tables: [table]) }

  /// The table of a name, or `nil`.
  public func table(named name: String) -> Table? { tables.first { $0.name == name } }
}
