// SPDX-License-Identifier: Apache-2.0
import Fabrication
import Formats
import Randomness
import Schemas
import Synthesis
import Tables

/// What code is developed with: rows in which all occurs, rows that break each assumption, and the list of
/// what breaks what.
public struct CodeDevelopment: Sendable {
  /// What a script did on one set of rows.
  public struct Trial: Hashable, Sendable {
    /// The kind of fault in the rows; `nil` for the clean ones.
    public var kind: String?
    /// The assumption that the rows break.
    public var assumption: String
    /// How the script ended.
    public var outcome: ScriptRun.Outcome
    /// Whether it said the same on standard output as on the clean rows.
    public var saysTheSame: Bool

    /// Whether the rows broke the script, while the clean ones did not.
    public var isBroken: Bool { !outcome.isFine }
  }

  let covering: CoveringRows
  let assumptions: AssumptionRows

  /// - Throws: `DataError` if a cell cannot be written.
  init(_ made: MadeTable, seed: String, threads: Int) throws(DataError) {
    let pool = made.model.sample(
      rows: 0..<CoveringRows.poolCount,
      key: RandomKey(seed: seed, replication: EvaluationKeys.coveringReplication), threads: threads)
    covering = CoveringRows(of: pool, schema: made.input.schema)
    assumptions = try AssumptionRows(
      covering.table, key: RandomKey(seed: seed, replication: EvaluationKeys.coveringReplication))
  }

  // MARK: Files

  /// The files beside the data, by the ending of their names.
  func files() throws(DataError) -> [(ending: String, bytes: [UInt8])] {
    let faulty = try faultyTwin()
    return [
      ("covering.synthetic.csv", try clean()),
      ("covering.list.csv", try CSVWriter().bytes(of: covering.list)),
      ("faulty.synthetic.csv", faulty.bytes),
      ("faults.list.csv", try CSVWriter().bytes(of: Self.manifest(faulty.faults))),
    ]
  }

  private func clean() throws(DataError) -> [UInt8] {
    try CSVWriter().bytes(of: try texts(covering.table))
  }

  /// Covering rows and after them the rows of each fault.
  private func faultyTwin() throws(DataError) -> (bytes: [UInt8], faults: [FaultPlan.Fault]) {
    var table = try texts(covering.table)
    var faults: [FaultPlan.Fault] = []
    for block in assumptions.blocks {
      faults += block.faults.map {
        FaultPlan.Fault(
          row: $0.row + table.rowCount, column: $0.column, kind: $0.kind,
          assumption: $0.assumption, handling: $0.handling)
      }
      table = table.appending(block.rows)
    }
    return (try CSVWriter().bytes(of: table), faults)
  }

  /// The cells as texts, so that clean and faulty rows are written alike.
  private func texts(_ table: Table) throws(DataError) -> Table {
    let columns = try table.columns.map { column throws(DataError) in
      let texts = try FaultyTwin.texts(of: column)
      return Column(
        name: column.name,
        values: .texts(codes: texts.indices.map { UInt32($0) }, pool: TextPool(texts)))
    }
    return Table(name: table.name, columns: columns, rowCount: table.rowCount)
  }

  private static func manifest(_ faults: [FaultPlan.Fault]) -> Table {
    func text(_ name: String, _ values: [String]) -> Column {
      Column(
        name: name, values: .texts(codes: values.indices.map { UInt32($0) }, pool: TextPool(values))
      )
    }
    return Table(
      columns: [
        Column(
          name: "row", values: .wholeNumbers(faults.map { Int64($0.row) }),
          form: .number(NumberForm())),
        text("column", faults.map(\.column)), text("kind", faults.map(\.kind)),
        text("assumption", faults.map(\.assumption)), text("handling", faults.map(\.handling)),
      ], rowCount: faults.count)
  }

  // MARK: A script

  /// Runs a script on the clean rows, and once for each kind of fault on these rows and the faulty ones.
  ///
  /// - Throws: `DataError` if the script cannot be started.
  func trials(of script: ScriptRun, fileName: String) throws -> [Trial] {
    let base = try texts(covering.table)
    let first = try script.outcome(on: try CSVWriter().bytes(of: base), named: fileName)
    var trials = [
      Trial(
        kind: nil, assumption: "rows as the real table could have them", outcome: first,
        saysTheSame: true)
    ]
    for block in assumptions.blocks {
      let bytes = try CSVWriter().bytes(of: base.appending(block.rows))
      let outcome = try script.outcome(on: bytes, named: fileName)
      trials.append(
        Trial(
          kind: block.kind, assumption: block.assumption, outcome: outcome,
          saysTheSame: outcome.output == first.output))
    }
    return trials
  }
}
