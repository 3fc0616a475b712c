// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Schemas
import Synthesis
import Tables

/// A model that replaces some cells of the real rows, given all others of their row.
///
/// Row *i* is real row *i*. Its replaced cells are drawn from the model's distribution given the kept ones
/// (`ConditionalRun`); where these are visited first, as a plan for this purpose has it, that needs no weights.
/// Where a condition says which rows have cells replaced, they are drawn until they satisfy it still: otherwise
/// values beyond a limit would be replaced by ones that are not, and the column's distribution would shrink.
struct PartialModel: Model {
  /// The most draws of a row.
  static let mostTries = 1000
  /// Replications from here on are further draws of rows that do not satisfy the condition.
  static let firstReplication = 3_000_000
  private static let longestRun = 2048

  let base: any Model
  /// What is real and what is not.
  let extent: PartialExtent
  /// Whether each row has cells that are replaced.
  let isReplaced: [Bool]
  private let rule: Rule?
  private let model: any ConditionableModel
  private let run: ConditionalRun
  private let real: Table

  var schema: Schema { base.schema }
  var plan: Plan { base.plan }
  var fittedRowCount: Int { base.fittedRowCount }

  /// - Parameters:
  ///   - real: The real rows, after the plan's transforms.
  ///   - extent: What is replaced.
  ///   - rows: In which rows.
  /// - Throws: `DataError` if the model cannot draw cells given others.
  init(
    _ base: any Model, real: Table, path: String, extent: PartialExtent, in rows: PartialRows
  ) throws(DataError) {
    guard let model = base.conditionable, model.refusal == nil, !model.hasLatents else {
      throw DataError(
        "the method \"\(base.plan.method)\" draws all columns of a row at once, so that none can stay real",
        file: path, remedy: "Choose another, such as --method trees.")
    }
    self.base = base
    self.model = model
    self.extent = extent
    isReplaced = rows.isReplaced
    rule = rows.rule
    let names = Set(extent.replaced)
    var reading = try GivenReading(real: real, path: path, model: model) { name, row in
      rows.isReplaced[row] && names.contains(name)
    }
    run = ConditionalRun(model, try reading.conditions().all, copies: 1, effort: .ofOneRow)
      .bounded(by: GivenRows.mostDraws)
    self.real = real
    let sample = base.sample(rows: 0..<1, key: RandomKey(seed: "kinds", replication: 0), threads: 1)
    let mixed = extent.replaced.filter { !extent.identifying.contains($0) }
    for name in mixed where extent.condition != nil {
      guard let old = real.column(named: name), let new = sample.column(named: name),
        old.values.isOfKind(new.values)
      else {
        throw DataError(
          "generated values of this column are of another kind than real ones, so that both cannot stand in it",
          file: path, column: name,
          remedy: "Leave --replace-where out, or this column out of --replace.")
      }
    }
  }

  /// Returns real rows with their replaced cells drawn anew.
  ///
  /// - Precondition: There are as many real rows.
  func sample(rows: Range<Int>, key: RandomKey, threads: Int) -> Table {
    precondition(rows.upperBound <= real.rowCount, "no real rows beyond the table's")
    var table = drawn(rows, key: key, threads: threads)
    guard rule != nil else { return table }
    // What is made anew row by row, such as identifiers, is distinct only among the rows of one draw.
    let names = Set(extent.replaced).subtracting(
      plan.steps.filter { $0.action == .regenerated }.map(\.variable))
    var open = unsatisfied(table, rows)
    var attempt = 0
    while !open.isEmpty, attempt < Self.mostTries {
      attempt += 1
      let further = RandomKey(
        seed: key.seed,
        replication: Self.firstReplication + (Self.mostTries + 1) * key.replication + attempt)
      var left: [Int] = []
      for part in RowRuns.of(open, longest: Self.longestRun) {
        let again = drawn(part, key: further, threads: threads)
        let failed = Set(unsatisfied(again, part))
        left += failed.sorted()
        let done = part.filter { !failed.contains($0) }
        table = table.replacing(
          rows: done.map { $0 - rows.lowerBound },
          by: again.selecting(rows: done.map { $0 - part.lowerBound }), columns: names)
      }
      open = left
    }
    return table
  }

  /// How many rows with generated cells do not satisfy the condition any more.
  func unsatisfiedCount(in table: Table) -> Int {
    unsatisfied(table, 0..<table.rowCount).count
  }

  private func unsatisfied(_ table: Table, _ rows: Range<Int>) -> [Int] {
    guard let rule else { return [] }
    let verdicts = rule.verdicts(FormulaData(table))
    return rows.filter { isReplaced[$0] && verdicts[$0 - rows.lowerBound] != true }
  }

  /// One draw of rows, whatever a condition says of it.
  private func drawn(_ rows: Range<Int>, key: RandomKey, threads: Int) -> Table {
    let result = run.rows(rows, key: key, threads: threads)
    var drawn = base.completing(result.table, rows: rows, key: key)
    let names = Set(extent.replaced)
    if !result.impossible.isEmpty {
      // Kept cells that the model never has together say nothing of the others.
      let places = result.impossible.map(\.row)
      drawn = drawn.replacing(
        rows: places,
        by: base.sample(rows: rows, key: key, threads: threads).selecting(rows: places),
        columns: names)
    }
    let places = rows.filter { isReplaced[$0] }.map { $0 - rows.lowerBound }
    let own = real.selecting(rows: Array(rows))
    guard places.count < rows.count || extent.condition != nil else {
      let columns = own.columns.map { column in
        names.contains(column.name) ? drawn.column(named: column.name) ?? column : column
      }
      return Table(name: own.name, columns: columns, rowCount: rows.count)
    }
    let whole = Set(extent.identifying)
    let mixed = own.replacing(
      rows: places, by: drawn.selecting(rows: places), columns: names.subtracting(whole))
    // An identifier that stayed real would tell whose row it is, whatever else is generated.
    let columns = mixed.columns.map { column in
      whole.contains(column.name) ? drawn.column(named: column.name) ?? column : column
    }
    return Table(name: mixed.name, columns: columns, rowCount: rows.count)
  }

  func inventory() -> [ModelHolding] { base.inventory() }

  func explanation(of variable: String) -> [String] { base.explanation(of: variable) }
}

extension ColumnValues {
  /// Whether values are stored as others are.
  fileprivate func isOfKind(_ other: ColumnValues) -> Bool {
    switch (self, other) {
    case (.numbers, .numbers), (.wholeNumbers, .wholeNumbers), (.dates, .dates), (.times, .times),
      (.dateTimes, .dateTimes), (.booleans, .booleans), (.texts, .texts):
      true
    default: false
    }
  }
}
