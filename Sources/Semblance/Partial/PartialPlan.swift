// SPDX-License-Identifier: Apache-2.0
import Contracts
import Dictionaries
import Formulas
import Schemas
import Synthesis
import Tables

/// Which columns and rows of a table are replaced, found out from what was asked.
struct PartialPlan {
  /// The columns asked for, and those that identify records.
  let named: Set<String>
  private let asked: [String]
  private let request: ReplacementRequest
  private let schema: Schema
  private let path: String

  /// The plan of a run; `nil` where all is generated.
  ///
  /// - Throws: `DataError` for a name that no column has, and for what does not go with real rows.
  init?(_ run: SynthesizeRequest, input: RealInput, contract: Contract) throws(DataError) {
    guard let request = run.replacement else { return nil }
    try run.refuseWhatCannotBePartial(rowCount: input.table.rowCount)
    self.request = request
    schema = input.schema
    path = input.path
    let names = input.schema.variables.map(\.name)
    asked = request.variables.flatMap { text in
      names.contains(text)
        ? [text]
        : text.split(separator: ",").map { String($0.drop { $0 == " " }) }
    }
    for name in asked where !names.contains(name) {
      throw DataError(
        "there is no column \"\(name)\" to replace", file: "--replace",
        remedy: NearMiss.remedy(for: name, among: names))
    }
    guard contract.disclosure.nearMatches == .report else {
      throw DataError(
        "a table that is real in part matches real rows by design", file: contract.file,
        line: contract.disclosure.place.line,
        remedy: "Take the remedy for near matches out of the contract, or generate all columns.")
    }
    guard contract.balance.isEmpty, contract.extrapolated.isEmpty else {
      throw DataError(
        "a table that is real in part cannot be balanced or extended", file: contract.file,
        remedy: "Take `balance` and `extrapolate` out of the contract, or generate all columns.")
    }
    let identifying = input.schema.variables.filter { $0.role == .identifier || $0.role == .key }
    named =
      request.variables.isEmpty
      ? Set(names) : Set(asked).union(identifying.map(\.name))
    guard request.condition != nil || named.count < names.count else {
      throw DataError(
        "every column would be replaced, so nothing would stay real", file: "--replace",
        remedy: "Leave --replace out to generate the whole table, or name fewer columns.")
    }
  }

  /// The columns that are visited first: those that stay real.
  var leading: Set<String> { Set(schema.variables.map(\.name)).subtracting(named) }

  /// What is replaced under a plan: what follows from replaced columns is replaced with them.
  ///
  /// - Throws: `DataError` for a column that would come out as it is.
  func extent(of plan: Plan) throws(DataError) -> PartialExtent {
    var replaced = named
    for step in plan.steps {
      guard case .derived(let relation) = step.action else { continue }
      if relation.sources.contains(where: replaced.contains) {
        replaced.insert(step.variable)
      } else if asked.contains(step.variable) {
        throw DataError(
          "\"\(step.variable)\" follows from \(relation.sources.joined(separator: ", ")) in every row, so it would "
            + "come out real", file: "--replace",
          remedy: "Replace one of \(relation.sources.joined(separator: ", ")) too.")
      }
    }
    for step in plan.steps where step.action == .constant && asked.contains(step.variable) {
      throw DataError(
        "\"\(step.variable)\" has one value, or none, in every row, so it would come out real",
        file: "--replace", remedy: "Leave it out of --replace.")
    }
    let names = schema.variables.map(\.name)
    return PartialExtent(
      kept: names.filter { !replaced.contains($0) }, replaced: names.filter(replaced.contains),
      condition: request.condition, identifying: identifying)
  }

  /// What identifies a record, and would undo all the rest wherever it stayed.
  private var identifying: [String] {
    schema.variables.filter { $0.role == .identifier || $0.role == .key }.map(\.name)
  }

  /// The rows of the real table in which cells are replaced.
  ///
  /// - Throws: `DataError` for a condition that is not understood, or that no row satisfies.
  func rows(of table: Table) throws(DataError) -> PartialRows {
    guard let condition = request.condition else {
      return PartialRows(isReplaced: [Bool](repeating: true, count: table.rowCount))
    }
    let rule = try Rule(
      condition, in: FormulaScope(table, schema: schema), at: SourcePlace(file: "--replace-where"))
    let verdicts = rule.verdicts(FormulaData(table)).map { $0 == true }
    guard verdicts.contains(true) else {
      throw DataError(
        "no row satisfies the condition, so nothing would be replaced", file: "--replace-where",
        remedy: "Loosen the condition.")
    }
    guard verdicts.contains(false) || named.count < schema.variables.count else {
      throw DataError(
        "every row satisfies the condition, so nothing would stay real", file: "--replace-where",
        remedy: "Leave --replace-where out to generate the whole table, or tighten the condition.")
    }
    return PartialRows(isReplaced: verdicts, rule: rule)
  }
}
