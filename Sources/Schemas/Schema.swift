// SPDX-License-Identifier: Apache-2.0

/// The variables of one table, in the order of its columns.
public struct Schema: Hashable, Sendable, Codable {
  /// The table's name; empty for a lone table.
  public var table: String
  /// The variables, one a column.
  public var variables: [Variable]

  /// Creates a schema.
  public init(table: String = "", variables: [Variable]) {
    self.table = table
    self.variables = variables
  }

  /// The variable of a name, or `nil`.
  public func variable(named name: String) -> Variable? { variables.first { $0.name == name } }
}
