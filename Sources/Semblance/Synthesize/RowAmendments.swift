// SPDX-License-Identifier: Apache-2.0
import Randomness
import Releases
import Synthesis
import Tables

/// Applies an amendment list to drawn rows: a pure function of the rows, the list, the model and the seed.
///
/// Sampling itself stays a pure function of (model, key, row); whatever is done to rows afterwards is in
/// the list, entry after entry.
struct RowAmendments {
  /// One entry.
  typealias Entry = ReleaseManifest.Amendment

  let model: any Model
  let seed: String
  let threads: Int

  /// The released rows.
  ///
  /// - Parameter drawn: The rows as `sample` made them, all of them from row 0 on.
  func applied(_ list: [Entry], to drawn: Table) -> Table {
    let redraw = RowRedraw(model: model, seed: seed, threads: threads)
    var table = drawn
    var attempts: [Int: [Int]] = [:]
    for entry in list where entry.action == nil {
      attempts[entry.attempt, default: []].append(entry.row)
    }
    for (attempt, rows) in attempts.sorted(by: { $0.key < $1.key }) {
      let rows = rows.sorted()
      table = table.replacing(
        rows: rows, by: redraw.candidates(for: rows, attempt: attempt, of: table),
        columns: Set(table.columnNames))
    }
    let edits = list.filter { $0.action == .coarsen || $0.action == .blur }
    table = CellEdits(table, spreads: drawn, seed: seed).applied(edits)
    let dropped = Set(list.filter { $0.action == .suppress }.map(\.row))
    guard !dropped.isEmpty else { return table }
    return table.selecting(rows: (0..<table.rowCount).filter { !dropped.contains($0) })
  }
}
