// SPDX-License-Identifier: Apache-2.0
import Randomness
import Reporting
import Synthesis
public import Tables

extension Generator {
  /// A picture of what hangs on what in rows of the model, SVG; `nil` where nothing does.
  ///
  /// - Parameter threads: How many threads may draw rows.
  /// - Throws: `DataError` if the model's rows do not suit its schema.
  public func structurePicture(threads: Int = 1) throws(DataError) -> String? {
    let model = model
    let rows = model.sample(
      rows: 0..<DependenceStructure.rowCount, key: RandomKey(seed: "structure"), threads: threads)
    return DependencePicture(
      try DependenceStructure(of: rows, schema: model.schema, plan: model.plan))?.svg
  }
}
