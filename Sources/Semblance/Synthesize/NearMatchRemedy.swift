// SPDX-License-Identifier: Apache-2.0
import Contracts
import Disclosure
import Evaluation
import Releases
import Schemas
import Synthesis
import Tables

/// Acts on the rows that indicate a real record, and says how.
struct NearMatchRemedy {
  /// The most further draws of a row.
  static let maximumDraws = 20
  /// How often the whole table is judged again, and what is named then is changed too.
  static let maximumRounds = 4
  /// The most widths of coarsening or noise tried before a row is drawn again.
  static let maximumEdits = 4

  let policy: NearMatchPolicy
  let judge: IndicationJudge
  let rules: RuleRepair
  let progress: ProgressHandler

  /// The rows after the remedy, the list of what was done, and the counts.
  struct Result {
    var table: Table
    var amendments: [ReleaseManifest.Amendment]
    var report: RemedyReport
  }

  private var model: any Model { rules.model }

  /// Applies the remedy.
  ///
  /// - Parameters:
  ///   - drawn: The rows as they were sampled.
  ///   - table: The rows after `amendments`, which is what is judged.
  ///   - amendments: What was done to them before.
  /// - Throws: `DataError` if the tables share no column, or a rule is not understood.
  func applied(
    drawn: Table, table: Table, amendments: [ReleaseManifest.Amendment]
  ) throws(DataError) -> Result {
    let found = try judge.indications(in: table, progress: progress)
    var list = amendments
    var released = table
    var left = found
    // Keys that two rows shared can be left alone in one when the other is changed.
    for round in 0..<Self.maximumRounds where !left.isEmpty && policy != .report {
      // Rows are counted as they were drawn.
      let dropped = Set(list.filter { $0.action == .suppress }.map(\.row))
      let numbers = (0..<drawn.rowCount).filter { !dropped.contains($0) }
      let named = left.map { indication in
        var indication = indication
        indication.rows = indication.rows.map { numbers[$0] }
        return indication
      }
      var rows = Self.rows(of: named)
      let own = Set(rows)
      list =
        Array(list.prefix(amendments.count))
        + list.dropFirst(amendments.count).filter { !own.contains($0.row) }
      switch policy {
      case .report, .regenerate: break
      case .suppress:
        list += rows.map { .init(row: $0, attempt: 0, action: .suppress) }
        rows = []
      case .coarsen, .blur:
        // A cell that is changed could break the condition under which rows are drawn.
        if round == 0, !(model is ConditionedModel) { rows = try edit(named, drawn, table, &list) }
      }
      try redraw(rows, table, from: round * Self.maximumDraws, &list)
      released = RowAmendments(model: model, seed: rules.seed, threads: rules.threads)
        .applied(list, to: drawn)
      left = try judge.indications(in: released, progress: progress)
    }
    let done = list.dropFirst(amendments.count)
    return Result(
      table: released, amendments: list,
      report: RemedyReport(
        remedy: policy.rawValue,
        redrawnRowCount: done.count { $0.action == nil },
        editedRowCount: done.count { $0.action == .coarsen || $0.action == .blur },
        droppedRowCount: done.count { $0.action == .suppress },
        remainingRowCount: Self.rows(of: left).count,
        kinds: IndicationKind.allCases.map { kind in
          .init(
            kind: kind, before: Self.rows(of: found.filter { $0.kind == kind }).count,
            after: Self.rows(of: left.filter { $0.kind == kind }).count)
        }))
  }

  private static func rows(of found: [IndicationJudge.Indication]) -> [Int] {
    Set(found.flatMap(\.rows)).sorted()
  }

  /// The places of candidates that indicate nobody and keep the rules.
  private func acceptable(_ candidates: Table) throws(DataError) -> [Int] {
    let named = try judge.indications(in: candidates, areCandidates: true, progress: progress)
    let refused = Set(Self.rows(of: named)).union(try rules.brokenRows(of: candidates))
    return (0..<candidates.rowCount).filter { !refused.contains($0) }
  }

  // MARK: Drawing again

  private func redraw(
    _ rows: [Int], _ table: Table, from first: Int, _ list: inout [ReleaseManifest.Amendment]
  ) throws(DataError) {
    let redraw = RowRedraw(model: model, seed: rules.seed, threads: rules.threads)
    var rows = rows
    var attempt = first
    while !rows.isEmpty, attempt < first + Self.maximumDraws {
      attempt += 1
      // Draws up to the rules' last are those of broken rules.
      let draw = RuleRepair.maximumTries + attempt
      let accepted = try acceptable(redraw.candidates(for: rows, attempt: draw, of: table))
      list += accepted.map { .init(row: rows[$0], attempt: draw) }
      let done = Set(accepted)
      rows = rows.indices.filter { !done.contains($0) }.map { rows[$0] }
    }
  }

  // MARK: Editing cells

  /// Variables whose cells may be changed alone: learned, and part of nothing that must hold together.
  private var loose: Set<String> {
    var names: Set<String> = []
    var tied: Set<String> = []
    for step in model.plan.steps {
      if step.action == .learned, step.constraints.isEmpty { names.insert(step.variable) }
      if case .derived(let relation) = step.action { tied.formUnion(relation.sources) }
      for constraint in step.constraints {
        switch constraint {
        case .atLeast(let other), .atMost(let other), .missingFollows(let other): tied.insert(other)
        }
      }
    }
    return names.subtracting(tied)
  }

  /// Edits what can be edited alone, and returns the rows that are still named.
  private func edit(
    _ found: [IndicationJudge.Indication], _ drawn: Table, _ table: Table,
    _ list: inout [ReleaseManifest.Amendment]
  ) throws(DataError) -> [Int] {
    let action: ReleaseManifest.Amendment.Action = policy == .coarsen ? .coarsen : .blur
    let columns = columns(of: found, table)
    var rows = Self.rows(of: found)
    for attempt in 1...Self.maximumEdits {
      let tried = rows.filter { columns[$0] != nil }
      guard !tried.isEmpty else { break }
      let entries = tried.map { row in
        ReleaseManifest.Amendment(
          row: row, attempt: attempt, action: action, columns: columns[row])
      }
      let edited = CellEdits(table, spreads: drawn, seed: rules.seed).applied(entries)
      let accepted = try acceptable(edited.selecting(rows: tried))
      list += accepted.map { entries[$0] }
      let done = Set(accepted.map { tried[$0] })
      rows.removeAll { done.contains($0) }
    }
    return rows
  }

  /// The columns to edit in each row; no entry where one that is concerned must not be changed alone.
  private func columns(
    of found: [IndicationJudge.Indication], _ table: Table
  ) -> [Int: [String]] {
    let loose = loose
    let scales = table.columns.filter { column in
      guard loose.contains(column.name) else { return false }
      switch column.values {
      case .texts, .booleans: return false
      default: return isScale(column.name)
      }
    }
    let levels = table.columns.filter { loose.contains($0.name) }.map(\.name)
    var chosen: [Int: Set<String>] = [:]
    var refused: Set<Int> = []
    for indication in found {
      for row in indication.rows {
        if indication.kind == .keys {
          // One key less is enough; a scale loses least.
          let keys = indication.columns.filter(loose.contains)
          let onScale = keys.filter { isScale($0) }
          if let key = onScale.first ?? keys.first {
            chosen[row, default: []].insert(key)
          } else {
            refused.insert(row)
          }
          continue
        }
        if !indication.columns.isEmpty {
          if indication.columns.allSatisfy(loose.contains) {
            chosen[row, default: []].formUnion(indication.columns)
          } else {
            refused.insert(row)
          }
          continue
        }
        let names = scales.filter { !$0.missing.isMissing(at: row) }.map(\.name)
        if !names.isEmpty {
          chosen[row, default: []].formUnion(names)
        } else if let name = levels.first {
          chosen[row, default: []].insert(name)
        } else {
          refused.insert(row)
        }
      }
    }
    return chosen.filter { !refused.contains($0.key) }.mapValues { $0.sorted() }
  }

  private func isScale(_ name: String) -> Bool {
    model.schema.variable(named: name)?.kind.isContinuous ?? false
  }
}
