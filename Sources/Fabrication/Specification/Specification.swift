// SPDX-License-Identifier: Apache-2.0
import Formulas
public import Tables

/// A table to be made from nothing: its rows and how each column is made.
public struct Specification: Sendable {
  /// How a column is made.
  enum Maker: Sendable {
    case value(CompiledFormula)
    case draw(CompiledDraw)
    case provider(Provider)
    case pattern(PatternSampler)
    case sequence(start: Int, step: Int)
  }

  /// Cells taken out of a column.
  struct Gap: Sendable {
    var reason: MissingReason
    var rate: Double
    var condition: CompiledFormula?
  }

  struct Column: Sendable {
    var name: String
    var maker: Maker
    var decimals: Int?
    var gap: Gap?
  }

  /// How many rows the specification asks for.
  public let rowCount: Int
  /// The seed it names, if it does.
  public let seed: String?
  let columns: [Column]

  /// The names of the columns.
  public var columnNames: [String] { columns.map(\.name) }

  /// Reads a specification.
  ///
  /// - Throws: `DataError` with file, line, column and a suggestion.
  public init(yaml text: String, file: String) throws(DataError) {
    var reader = SpecificationReader(file: file)
    try reader.read(text)
    rowCount = reader.rowCount
    seed = reader.seed
    columns = reader.columns
  }
}
