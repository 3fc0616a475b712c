// SPDX-License-Identifier: Apache-2.0
import Fabrication
import Randomness
import Tables

/// Rows that break assumptions on purpose: for each kind of fault some rows, with only that kind in them.
struct AssumptionRows {
  /// The rows of one kind.
  struct Block {
    /// The kind.
    var kind: String
    /// The assumption that it breaks.
    var assumption: String
    /// The rows, as texts.
    var rows: Table
    /// What was planted; rows are counted within the block, from 1.
    var faults: [FaultPlan.Fault]
  }

  /// The rows of each block.
  static let blockCount = 12

  let blocks: [Block]

  /// Plants each kind in the first rows of a table.
  ///
  /// - Throws: `DataError` if a cell cannot be written.
  init(_ table: Table, key: RandomKey) throws(DataError) {
    let rows = table.selecting(rows: Array(0..<min(Self.blockCount, table.rowCount)))
    var blocks: [Block] = []
    for kind in FaultKind.all.map(\.name) + [FaultPlan.repeatedRow] {
      // Enough that each kind meets a cell, few enough that the row is still a row.
      let twin = try FaultyTwin(
        rows, plan: try FaultPlan("15%,\(kind)"),
        key: RandomKey(seed: "\(key.seed)\u{0}\(kind)", replication: key.replication))
      let hit = Set(twin.faults.map { $0.row - 1 }).sorted()
      guard let first = twin.faults.first else { continue }
      let places = Dictionary(uniqueKeysWithValues: hit.enumerated().map { ($1, $0 + 1) })
      blocks.append(
        Block(
          kind: kind, assumption: first.assumption,
          rows: twin.faulty.selecting(
            rows: kind == FaultPlan.repeatedRow ? hit.flatMap { [$0 - 1, $0] } : hit),
          faults: twin.faults.map { fault in
            let place = places[fault.row - 1] ?? 1
            return FaultPlan.Fault(
              row: kind == FaultPlan.repeatedRow ? 2 * place : place, column: fault.column,
              kind: fault.kind, assumption: fault.assumption, handling: fault.handling)
          }))
    }
    self.blocks = blocks
  }
}
