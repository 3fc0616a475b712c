// SPDX-License-Identifier: Apache-2.0
import Contracts
import Disclosure
import Evaluation
import Fidelity
import Randomness
import Releases
import Schemas
import Synthesis
import Tables

/// One fit of a run, from which rows may be drawn more than once.
struct RunAttempt {
  let run: ContractedRun
  let training: Table
  let holdout: Table?
  let options: FitOptions
  let fit: Fit
  /// The model under the request's condition, if there is one.
  let model: ConditionedModel?
  /// The model that replaces cells of the real rows, if some stay real.
  let partial: PartialModel?
  /// The model that fills in given rows, if there are any.
  let given: GivenModel?
  /// How many rows can be measured in time; `nil` where there is no budget, or it is decided already.
  var pace: MeasurePace?
  /// What the last measuring compared with.
  var sample: MeasuredSample?

  init(
    _ run: ContractedRun, _ training: Table, _ holdout: Table?, options: FitOptions,
    pace: MeasurePace?
  ) throws(DataError) {
    self.run = run
    self.training = training
    self.holdout = holdout
    self.options = options
    let before = run.stopwatch.elapsed
    let fit = try run.stopwatch.measure("fitting") { () throws(DataError) in
      try Fit(
        training, schema: run.input.schema, plan: run.request.plan, options: options,
        progress: run.progress)
    }
    self.fit = fit
    self.pace = pace
    // What fitting took tells how good the forecast is here.
    self.pace?.correct(fitting: run.stopwatch.elapsed - before)
    partial = try run.partial.map { partial throws(DataError) in
      let extent = try partial.extent(of: fit.plan)
      let planned = try PlannedTable(
        training, schema: run.input.schema, plan: fit.plan, options: options)
      return try PartialModel(
        ProvidedModel.wrapping(fit.model), real: planned.seen, path: run.input.path, extent: extent,
        in: partial.rows(of: planned.seen))
    }
    let (seed, threads) = (run.request.seed, options.threads)
    given = try run.request.given.map { given throws(DataError) in
      try GivenModel(ProvidedModel.wrapping(fit.model), given, threads: threads)
    }
    model = try run.request.condition.map { condition throws(DataError) in
      try ConditionedModel(
        ProvidedModel.wrapping(fit.model), where: condition, seed: seed, threads: threads)
    }
  }

  /// Draws, mends, measures and checks.
  mutating func made(
    replication: Int, economy: inout Economy
  ) throws(DataError) -> MadeTable {
    let (input, request, contract) = (run.input, run.request, run.contract)
    let generator = Generator(model: fit.model, file: input.file)
    let model: any Model = partial ?? given ?? self.model ?? generator.model
    var plan = fit.plan
    plan.partial = partial?.extent
    plan.given = given?.extent
    let count = run.rowCount
    let rules = RuleRepair(
      contract: contract, schema: input.schema, model: model, seed: request.seed,
      threads: request.fit.threads)
    let key = RandomKey(seed: request.seed, replication: replication)
    let (drawn, efforts, repaired) = try run.stopwatch.measure("drawing") {
      () throws(DataError) in
      let filled = try given?.filled(
        0..<count, key: key, threads: request.fit.threads, progress: run.progress)
      let drawn =
        filled?.table ?? model.sample(rows: 0..<count, key: key, threads: request.fit.threads)
      return (drawn, filled?.efforts, try rules.repaired(drawn))
    }
    var synthetic = repaired.table
    var amendments = repaired.amendments.sorted { $0.key < $1.key }
      .map { ReleaseManifest.Amendment(row: $0, attempt: $1) }
    var remedy: RemedyReport?
    if contract.disclosure.nearMatches != .report {
      let result = try remedied(drawn: drawn, synthetic, amendments, rules)
      (synthetic, amendments, remedy) = (result.table, result.amendments, result.report)
    }
    let measured = try measured(
      synthetic, before: remedy == nil ? nil : repaired.table, remedy, &economy)
    let measures = measured?.measures
    let written = contract.written(
      for: fit.plan, schema: input.schema, rows: count, seed: request.seed)
    let table = synthetic.marked(by: written.marking?.column, partial?.isReplaced)
    let clauses = try run.stopwatch.measure("checking") { () throws(DataError) in
      try ContractCheck(
        contract: written, real: measures == nil ? training : try comparable(training),
        synthetic: table, schema: input.schema, plan: plan,
        fidelity: measures?.fidelity, disclosure: measures?.disclosure, key: run.keys.clauses
      ).results()
    }
    let whole = try ExtrapolatedRows(
      contract: contract, schema: input.schema, model: model, seed: request.seed,
      threads: request.fit.threads
    ).added(to: synthetic)
    var made = MadeTable(
      input: input, fittedRowCount: training.rowCount, plan: plan, generator: generator,
      model: model, replication: replication, amendments: amendments, drawnRowCount: count,
      table: whole.table.marked(by: written.marking?.column, partial?.isReplaced),
      measures: measures,
      pairTables: measured?.pairTables, contract: written,
      report: ContractReport(
        purpose: contract.purpose.rawValue, isDefault: contract.isDefault,
        level: FidelityLevels.level(of: plan),
        clauses: clauses + whole.clauses + conditionResults(synthetic)))
    if run.request.budget != nil || run.request.fit.chosen != nil { made.chosen = fit.chosen }
    made.given = efforts
    made.extrapolated = whole.parts
    made.extrapolatedFiles = whole.files
    return made
  }

  private func remedied(
    drawn: Table, _ table: Table, _ amendments: [ReleaseManifest.Amendment], _ rules: RuleRepair
  ) throws(DataError) -> NearMatchRemedy.Result {
    try run.stopwatch.measure("remedies") { () throws(DataError) in
      try NearMatchRemedy(
        policy: run.contract.disclosure.nearMatches,
        judge: try IndicationJudge(
          real: training, schema: run.input.schema, minimumCount: fit.plan.minimumLevelCount,
          key: run.keys.measures, threads: run.request.fit.threads, progress: run.progress),
        rules: rules,
        progress: run.progress
      ).applied(drawn: drawn, table: table, amendments: amendments)
    }
  }

  /// The real rows that the rows made are compared with: those that satisfy the condition.
  func comparable(_ real: Table) throws(DataError) -> Table {
    guard let model else { return real }
    let rows = model.satisfied(real)
    guard rows.rowCount >= Twins.minimumRowCount else {
      throw DataError(
        "fewer than \(Twins.minimumRowCount) real rows satisfy the condition, too few to compare with",
        file: "--where", remedy: "Loosen the condition, or give --no-evaluation.")
    }
    return rows
  }

  private func conditionResults(_ synthetic: Table) -> [ClauseResult] {
    if let partial, partial.extent.condition != nil {
      return [
        ClauseResult(
          "condition: every row with generated cells satisfies --replace-where still", line: nil,
          measure: "rows that do not", figure: Double(partial.unsatisfiedCount(in: synthetic)),
          limit: 0)
      ]
    }
    guard let model else { return [] }
    return [
      ClauseResult(
        "condition: every row satisfies --where", line: nil, measure: "rows that do not",
        figure: Double(synthetic.rowCount - model.satisfied(synthetic).rowCount), limit: 0,
        note: "of the generator's draws \(ConditionedModel.percent(model.rate)) satisfy it")
    ]
  }
}

extension Table {
  /// The table with a column that is 1 in every row with generated cells: in all of them, as a rule.
  fileprivate func marked(by name: String?, _ rows: [Bool]?) -> Table {
    guard let name else { return self }
    let marks = Column(
      name: name,
      values: .wholeNumbers(
        rows?.map { $0 ? 1 : 0 } ?? [Int64](repeating: 1, count: rowCount)),
      form: .number(NumberForm()))
    return Table(name: self.name, columns: columns + [marks], rowCount: rowCount)
  }
}
