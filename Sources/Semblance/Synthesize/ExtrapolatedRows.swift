// SPDX-License-Identifier: Apache-2.0
import Contracts
import Evaluation
import Formats
import Formulas
import Randomness
import Releases
import Schemas
import Synthesis
import Tables

/// The cases of a contract that the real table lacks, made by rules and read from files.
struct ExtrapolatedRows {
  let contract: Contract
  let schema: Schema
  let model: any Model
  let seed: String
  let threads: Int

  /// The rows, and what they are.
  struct Result {
    /// The table with them at its end and a column that marks them.
    var table: Table
    /// What the manifest keeps.
    var parts: [ReleaseManifest.Extrapolation]
    /// The files that rows come from, which a release carries so that it can be made again.
    var files: [ReleaseContents.NamedBytes]
    var clauses: [ClauseResult]
  }

  /// Adds the rows to a table.
  ///
  /// - Throws: `DataError` with the clause's line if a formula or a file cannot be used.
  func added(to table: Table) throws(DataError) -> Result {
    var result = Result(table: table, parts: [], files: [], clauses: [])
    guard !contract.extrapolated.isEmpty else { return result }
    for (number, clause) in contract.extrapolated.enumerated() {
      let (rows, file) = try rows(of: clause, number: number, after: table, result.table.rowCount)
      let first = result.table.rowCount
      if let file { result.files.append(file) }
      result.table = result.table.appending(rows)
      result.parts.append(
        .init(
          firstRow: first, rowCount: rows.rowCount, reason: clause.reason,
          file: file.map { ReleaseFile(path: $0.name, content: $0.bytes) }))
      result.clauses += try results(for: clause, rows)
    }
    let drawn = table.rowCount
    let marks = (0..<result.table.rowCount).map { $0 < drawn ? Int64(0) : 1 }
    result.table = Table(
      name: table.name,
      columns: result.table.columns + [
        Column(
          name: ExtrapolationClause.column, values: .wholeNumbers(marks),
          form: .number(NumberForm()))
      ], rowCount: result.table.rowCount)
    return result
  }

  private func results(
    for clause: ExtrapolationClause, _ rows: Table
  ) throws(DataError) -> [ClauseResult] {
    let words =
      "extrapolated: \(rows.rowCount) rows \(clause.file == nil ? "by a rule" : "from a file"), "
      + "because: \(clause.reason)"
    var broken = 0
    let data = FormulaData(rows)
    for rule in try contract.compiledRules(for: rows, schema: schema) {
      broken += rule.verdicts(data).count { $0 == false }
    }
    return [
      ClauseResult(
        words, line: clause.place.line, measure: "rows times rules that they break",
        figure: Double(broken), limit: 0,
        note: "marked by 1 in the column \"\(ExtrapolationClause.column)\"; nothing real says that "
          + "such cases look like this, and no figure of fidelity counts them")
    ]
  }

  private func rows(
    of clause: ExtrapolationClause, number: Int, after table: Table, _ firstRow: Int
  ) throws(DataError) -> (Table, ReleaseContents.NamedBytes?) {
    do throws(DataError) {
      if let file = clause.file { return try read(file, like: table) }
      return (try made(clause, number, like: table, firstRow), nil)
    } catch {
      var error = error
      // A formula's error has its own place.
      if error.file == nil || error.file == "--where" {
        error.file = contract.file
        error.line = clause.place.line
        error.position = clause.place.column
      }
      throw error
    }
  }

  /// Refuses formulas that are not understood, before any work is done.
  ///
  /// - Throws: `DataError` with the formula's line.
  static func check(_ contract: Contract, for table: Table, schema: Schema) throws(DataError) {
    let scope = FormulaScope(table, schema: schema)
    for clause in contract.extrapolated {
      for change in clause.changes { _ = try formula(change, of: contract, in: scope) }
      if let condition = clause.condition {
        _ = try Rule(
          condition.text, in: scope, at: place(condition.place, of: contract))
      }
    }
  }

  private static func formula(
    _ change: ExtrapolationClause.Change, of contract: Contract, in scope: FormulaScope
  ) throws(DataError) -> CompiledFormula {
    try CompiledFormula(
      Expression(parsing: change.formula, at: place(change.place, of: contract)), in: scope)
  }

  private static func place(_ place: ClausePlace, of contract: Contract) -> SourcePlace {
    SourcePlace(file: contract.file, line: place.line ?? 1, column: place.column ?? 1)
  }

  // MARK: By rule

  private func made(
    _ clause: ExtrapolationClause, _ number: Int, like table: Table, _ firstRow: Int
  ) throws(DataError) -> Table {
    var source = model
    if let condition = clause.condition {
      source = try ConditionedModel(
        model, where: condition.text, seed: seed, threads: threads)
    }
    let key = RandomKey(
      seed: seed, replication: EvaluationKeys.extrapolatedReplication - number)
    // Numbers go on after the drawn rows, so that identifiers are distinct.
    let drawn = source.sample(
      rows: firstRow..<firstRow + clause.count, key: key, threads: threads)
    let scope = FormulaScope(drawn, schema: schema)
    let data = FormulaData(drawn)
    var columns = drawn.columns
    for change in clause.changes {
      let formula = try Self.formula(change, of: contract, in: scope)
      guard let place = columns.firstIndex(where: { $0.name == change.variable }),
        let model = table.column(named: change.variable)
      else { continue }
      columns[place] = try formula.column(named: change.variable, data).stored(like: model)
    }
    return Table(
      columns: try columns.map { column throws(DataError) in
        guard let model = table.column(named: column.name) else { return column }
        return try column.stored(like: model)
      }, rowCount: clause.count)
  }

  // MARK: From a file

  private func read(_ name: String, like table: Table) throws(DataError) -> (
    Table, ReleaseContents.NamedBytes
  ) {
    let path = try path(of: name)
    let (read, _) = try RealInput.table(
      at: path, meaning: schema, threads: threads, progress: .silent)
    if let stranger = read.columnNames.first(where: { table.column(named: $0) == nil }) {
      throw DataError(
        "the file of extrapolated rows has a column that the table has not", file: path,
        column: stranger, remedy: "Take the column out, or give it the name of one of the table.")
    }
    let columns = try table.columns.map { model throws(DataError) -> Column in
      guard let column = read.column(named: model.name) else {
        return model.missing(rowCount: read.rowCount)
      }
      do throws(DataError) {
        return try column.stored(like: model)
      } catch {
        var error = error
        error.file = path
        throw error
      }
    }
    return (
      Table(columns: columns, rowCount: read.rowCount),
      .init(name: Self.baseName(name), bytes: try FileBytes.read(path))
    )
  }

  static func baseName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// Where a file lies: by the contract, or by the release that was made from it.
  private func path(of name: String) throws(DataError) -> String {
    let folder =
      contract.file.flatMap { file in file.lastIndex(of: "/").map { String(file[...$0]) } } ?? ""
    let base = Self.baseName(name)
    var candidates = [name.hasPrefix("/") ? name : folder + name, folder + base]
    if folder.hasSuffix(".owner/") { candidates.append(folder.dropLast(7) + ".release/" + base) }
    for path in candidates where (try? FileBytes.size(path)) != nil { return path }
    throw DataError(
      "there is no file of extrapolated rows of this name", file: candidates[0],
      remedy: "Give its path from the folder of the contract.")
  }
}
