// SPDX-License-Identifier: Apache-2.0
import Randomness
import Schemas
import Synthesis
import Tables

/// A model that fills in the rows of a partial table: row *i* belongs to given row *i* / copies.
struct GivenModel: Model {
  let base: any Model
  let rows: GivenRows
  /// What is given.
  let extent: GivenExtent

  var schema: Schema { base.schema }
  var plan: Plan { base.plan }
  var fittedRowCount: Int { base.fittedRowCount }

  /// Reads the given rows.
  ///
  /// - Throws: `DataError` for what ``GivenRows`` refuses.
  init(_ base: any Model, _ request: GivenRequest, threads: Int) throws(DataError) {
    self.base = base
    rows = try GivenRows(path: request.path, model: base, threads: threads)
    extent = GivenExtent(
      file: request.fileName, sha256: try request.hash(),
      columns: rows.columnNames, copies: request.copies)
  }

  /// Rows of a run, with what their draws rest on.
  ///
  /// - Throws: `DataError` for a row whose cells cannot stand together.
  func filled(
    _ range: Range<Int>, key: RandomKey, threads: Int, progress: ProgressHandler
  ) throws(DataError) -> GivenRows.Filled {
    try rows.filled(
      range, copies: extent.copies, key: key, threads: threads, progress: progress)
  }

  /// Returns rows of a run.
  ///
  /// A run calls `filled` first, which refuses cells that cannot stand together. Cells that hardly can may find no
  /// draw that goes with them under another key; they stand beside one that does not, then.
  ///
  /// - Precondition: There are as many given rows.
  func sample(rows range: Range<Int>, key: RandomKey, threads: Int) -> Table {
    if let filled = try? filled(range, key: key, threads: threads, progress: .silent) {
      return filled.table
    }
    return rows.laidOver(
      base.sample(rows: range, key: key, threads: threads), own: range.map { $0 / extent.copies })
  }

  func inventory() -> [ModelHolding] { base.inventory() }

  func explanation(of variable: String) -> [String] { base.explanation(of: variable) }
}
