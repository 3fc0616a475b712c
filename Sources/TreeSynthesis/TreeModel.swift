// SPDX-License-Identifier: Apache-2.0
import Dispatch
public import Randomness
public import Schemas
public import Synthesis
public import Tables

/// Trees, one a variable, each given the variables visited before it.
public struct TreeModel: Model {
  /// The variables of the rows it makes.
  public let schema: Schema
  /// What was done to fit it.
  public let plan: Plan
  /// The rows it was fitted on.
  public let fittedRowCount: Int
  let variables: [FittedVariable]
  let derivations: [Derivation]
  let regenerations: [Regeneration]

  /// Returns rows of the run named by a key.
  public func sample(rows: Range<Int>, key: RandomKey, threads: Int) -> Table {
    let drawing = RowDrawing(model: self, rows: rows, key: key, threads: threads)
    return drawing.table()
  }
}
