// SPDX-License-Identifier: Apache-2.0
public import Schemas
public import Tables

/// All columns of a table cut into bins once.
public struct BinnedTable: Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// One entry a column, in the order of the table.
  public let variables: [BinnedVariable]
  private let places: [String: Int]

  /// Cuts the columns of a table into bins; text that is made anew gets one bin.
  ///
  /// Threads change nothing in them.
  ///
  /// - Throws: `DataError` if the schema names no variable for a column.
  public init(_ table: Table, schema: Schema, binner: Binner, threads: Int = 1) throws(DataError) {
    rowCount = table.rowCount
    var described: [Variable] = []
    var places: [String: Int] = [:]
    for column in table.columns {
      guard let variable = schema.variable(named: column.name) else {
        throw DataError(
          "the schema does not describe a column", column: column.name,
          remedy: "Add the variable to the schema, or leave the schema out.")
      }
      places[column.name] = described.count
      described.append(variable)
    }
    variables = ChunkedWork(count: described.count, threads: threads, chunkSize: 1).map {
      [described] in $0.map { binner.bin(table.columns[$0], as: described[$0]) }
    }
    self.places = places
  }

  /// The bins of a variable, or `nil` if there is no such column.
  public func variable(named name: String) -> BinnedVariable? {
    places[name].map { variables[$0] }
  }
}
