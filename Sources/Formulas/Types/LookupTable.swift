// SPDX-License-Identifier: Apache-2.0
public import Tables

/// A table for `table(name, keys…)`: all columns but the last are keys, the last one is looked up.
public struct LookupTable: Sendable {
  /// The types of the keys.
  let keyTypes: [FormulaType]
  /// The type of the result.
  let valueType: FormulaType
  /// The column names, for messages.
  let names: [String]
  private let rows: [[Key]: Int]
  private let values: ValueVector

  enum Key: Hashable, Sendable {
    case number(Double)
    case text(String)
    case flag(Bool)
    case missing
  }

  /// Creates a look-up table.
  ///
  /// - Throws: `DataError` if it has fewer than two columns, or two rows with the same keys.
  public init(_ table: Table) throws(DataError) {
    guard table.columnCount >= 2 else {
      throw DataError(
        "a look-up table has fewer than two columns", file: table.name,
        remedy: "Give it one column a key and a last one with the values.")
    }
    guard table.rowCount <= 10_000_000 else {
      throw DataError(
        "a look-up table has more than ten million rows", file: table.name,
        remedy: "Use a smaller one.")
    }
    names = table.columnNames
    let types = table.columns.map { FormulaType(of: $0.values, variable: nil) }
    keyTypes = Array(types.dropLast())
    valueType = types[types.count - 1]
    let vectors = table.columns.enumerated().map { ValueVector($1, type: types[$0]) }
    values = vectors[vectors.count - 1]
    var rows: [[Key]: Int] = [:]
    for row in 0..<table.rowCount {
      let key = vectors.dropLast().map { $0.key(at: row) }
      guard rows.updateValue(row, forKey: key) == nil else {
        throw DataError(
          "two rows of a look-up table have the same keys", file: table.name, line: row + 2,
          remedy: "Keep one row a key.")
      }
    }
    self.rows = rows
  }

  /// The values of these keys, a row each; missing where the table has no such row.
  func values(of keys: [ValueVector], count: Int) -> ValueVector {
    let found = (0..<count).map { row -> Int32 in
      guard let place = rows[keys.map { $0.key(at: row) }] else { return -1 }
      return Int32(place)
    }
    return values.gathered(found, absent: MissingReason(code: "", label: "not in the table"))
  }
}
