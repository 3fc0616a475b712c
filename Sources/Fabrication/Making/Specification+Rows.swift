// SPDX-License-Identifier: Apache-2.0
import Formulas
public import Randomness
public import Tables

extension Specification {
  /// Returns rows `rows.lowerBound ..< rows.upperBound` of the run named by a key.
  ///
  /// Row *i* is one function of specification, key and *i*: slices and the number of rows change nothing
  /// in it.
  ///
  /// - Throws: `DataError` if the arguments of a draw are impossible in a row.
  /// - Precondition: The specification is of a lone table.
  public func sample(rows: Range<Int>, key: RandomKey) throws(DataError) -> Table {
    precondition(isLoneTable, "slices are of a lone table")
    var run = Run(self, key: key, firstRow: rows.lowerBound)
    run.setCount(rows.count)
    for step in steps where step != .rows(0) { try run.perform(step) }
    return run.table(0)
  }

  /// Returns all tables of the run named by a key.
  ///
  /// - Parameters:
  ///   - scale: By how much the row counts are multiplied; tables whose rows follow from their parents'
  ///     follow.
  /// - Throws: `DataError` if arguments are impossible in a row, a table lacks parents, or two rows have
  ///   the same key.
  public func tables(key: RandomKey, scale: Double = 1) throws(DataError) -> Dataset {
    var run = Run(self, key: key, firstRow: 0)
    for step in steps { try run.perform(step, scale: scale) }
    let made = tables.indices.map { run.table($0).interned() }
    for (table, specification) in zip(made, tables) where !specification.key.isEmpty {
      try KeyCheck(specification.key).check(table)
    }
    return Dataset(tables: made)
  }
}
