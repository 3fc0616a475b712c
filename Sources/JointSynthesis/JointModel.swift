// SPDX-License-Identifier: Apache-2.0
public import Randomness
public import Schemas
public import Synthesis
public import Tables

/// One law of all variables at once.
public struct JointModel: StorableModel {
  /// The variables of the rows it makes.
  public var schema: Schema { frame.schema }
  /// What was done to fit it.
  public var plan: Plan { frame.plan }
  /// The rows it was fitted on.
  public var fittedRowCount: Int { frame.fittedRowCount }
  package let frame: ModelFrame
  let variables: [JointVariable]
  let law: JointLaw

  /// Returns rows of the run named by a key.
  public func sample(rows: Range<Int>, key: RandomKey, threads: Int) -> Table {
    JointDrawing(model: self, rows: rows, key: key, threads: threads).table()
  }
}
