// SPDX-License-Identifier: Apache-2.0
import Fabrication
public import Randomness
import Schemas
public import Tables

extension FabricateVerb {
  /// Draws rows of a run.
  public typealias Drawing = @Sendable (Range<Int>, RandomKey) throws(DataError) -> Table

  /// What draws the rows of a lone table, only those that satisfy a condition if there is one.
  ///
  /// A key keeps the values of a row's first draw.
  ///
  /// - Throws: `DataError` if the condition is not understood, or hardly a row satisfies it.
  public func drawing(where condition: String?, seed: String) throws(DataError) -> Drawing {
    let specification = specification
    let plain: Drawing = { (rows, key) throws(DataError) in
      try specification.sample(rows: rows, key: key)
    }
    guard let condition else { return plain }
    let conditioned = try ConditionedRows(
      condition, schema: schema ?? Schema(variables: []),
      keeping: Set(specification.key(of: "")), seed: seed, draw: plain)
    return { (rows, key) throws(DataError) in try conditioned.table(rows: rows, key: key) }
  }
}
