// SPDX-License-Identifier: Apache-2.0
import Contracts
import Formulas
import Randomness
import Schemas
import Synthesis
import Tables

/// Draws rows that break a rule again, each for itself, until they keep all rules or tries run out.
struct RuleRepair {
  /// The most draws of a row.
  static let maximumTries = 60

  let contract: Contract
  let schema: Schema
  let model: any Model
  let seed: String
  let threads: Int

  /// The rows with those that broke a rule drawn again, and for each such row the draw that was taken.
  ///
  /// - Throws: `DataError` if a rule is not understood.
  func repaired(_ table: Table) throws(DataError) -> (table: Table, amendments: [Int: Int]) {
    var contract = contract
    contract.rules = contract.mendableRules(in: model.plan)
    guard !contract.rules.isEmpty else { return (table, [:]) }
    let redraw = RowRedraw(model: model, seed: seed, threads: threads)
    var table = table
    var broken = try brokenRows(contract, of: table, among: Array(0..<table.rowCount))
    var amendments: [Int: Int] = [:]
    var attempt = 0
    while !broken.isEmpty, attempt < Self.maximumTries {
      attempt += 1
      let draws = redraw.candidates(for: broken, attempt: attempt, of: table)
      let kept = Set(
        try brokenRows(contract, of: draws, among: Array(broken.indices)).map { broken[$0] })
      let mended = broken.indices.filter { !kept.contains(broken[$0]) }
      table = table.replacing(
        rows: mended.map { broken[$0] }, by: draws.selecting(rows: mended),
        columns: Set(draws.columnNames))
      for place in mended { amendments[broken[place]] = attempt }
      broken = kept.sorted()
    }
    return (table, amendments)
  }

  /// The rows of a table that break a rule that drawing again can mend.
  func brokenRows(of table: Table) throws(DataError) -> [Int] {
    var contract = contract
    contract.rules = contract.mendableRules(in: model.plan)
    guard !contract.rules.isEmpty else { return [] }
    return try brokenRows(contract, of: table, among: Array(0..<table.rowCount))
  }

  private func brokenRows(
    _ contract: Contract, of table: Table, among rows: [Int]
  ) throws(DataError) -> [Int] {
    let data = FormulaData(table)
    var isBroken = [Bool](repeating: false, count: table.rowCount)
    for rule in try contract.compiledRules(for: table, schema: schema) {
      for (row, verdict) in rule.verdicts(data).enumerated() where verdict == false {
        isBroken[row] = true
      }
    }
    return rows.filter { isBroken[$0] }
  }
}
