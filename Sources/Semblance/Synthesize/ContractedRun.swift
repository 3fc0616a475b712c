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

/// Plans, fits, draws, measures and checks under a contract, and mends what came out broken.
struct ContractedRun {
  /// The further attempts at a contract that came out broken.
  private static let repairCount = 3

  private let request: SynthesizeRequest
  private let input: RealInput
  private let contract: Contract
  private let keys: EvaluationKeys
  private let progress: ProgressHandler
  private let stopwatch: Stopwatch

  /// - Throws: `DataError` if the contract does not suit the table, or contradicts itself.
  init(
    _ request: SynthesizeRequest, input: RealInput, stopwatch: Stopwatch = Stopwatch(),
    progress: ProgressHandler
  ) throws(DataError) {
    var contract = request.contract ?? Contract(purpose: request.purpose)
    if let policy = request.nearMatches { contract.disclosure.nearMatches = policy }
    var input = input
    input.schema = contract.applied(to: input.schema)
    self.contract = try contract.checked(for: input.schema)
    // Read before the work, so that nobody waits for a refusal.
    _ = try contract.compiledRules(for: input.table, schema: input.schema)
    try contract.refuseUnknownProviders(for: input.table)
    self.request = request
    self.input = input
    self.progress = progress
    self.stopwatch = stopwatch
    keys = EvaluationKeys(seed: request.seed)
  }

  /// The best of the attempts: the first that keeps the contract, or else the one that breaks least.
  func made() throws(DataError) -> MadeTable {
    var (training, holdout) = try split()
    var options = request.fit
    options.contract = contract
    var economy = Economy(
      measuredRows: request.measuredRowCount, fittedRows: request.fittedRowCount,
      repairCount: request.repairLimit, givenUp: request.keptGivenUp)
    economy.maximumPredictorCount = request.keptPredictorCount
    var allocation: BudgetAllocation?
    if let budget = request.budget {
      let chosen = BudgetAllocation(
        for: size(training, options), within: budget - stopwatch.elapsed,
        speed: Forecast.machineSpeed)
      economy.take(chosen)
      allocation = chosen
    }
    if let count = economy.maximumPredictorCount { options.plan.maximumPredictorCount = count }
    if let count = economy.fittedRows, count < training.rowCount {
      training = training.selecting(
        rows: RowSplit(rowCount: training.rowCount, firstCount: count, key: keys.fitted).first)
    }
    var attempt = try Attempt(
      self, training, holdout, options: options, allocation: allocation, economy: &economy)
    var best = try attempt.made(replication: 0, economy: economy)
    let attemptSeconds = stopwatch.elapsed
    best.economy = economy
    // A default contract states no wish of the owner's, so nothing is drawn anew for its sake.
    guard !contract.isDefault else { return best }
    var repairs: [String] = []
    let limit = economy.repairCount ?? Self.repairCount
    for number in 1...Self.repairCount where !best.report.broken.isEmpty && number <= limit {
      if let budget = request.budget, stopwatch.elapsed + attemptSeconds > budget {
        economy.repairCount = number - 1
        economy.givenUp.append("further attempts at broken clauses")
        break
      }
      let words: String
      if number == 2 {
        let leaf = max(best.plan.minimumLevelCount, best.plan.minimumLeafCount / 2)
        guard leaf < best.plan.minimumLeafCount, request.plan == nil,
          contract.disclosure.minimumLeaf == nil
        else { break }
        options.plan.minimumLeafCount = leaf
        attempt = try Attempt(
          self, training, holdout, options: options, allocation: nil, economy: &economy)
        words = "finer trees, of \(leaf) rows a leaf"
      } else {
        words = number == 1 ? "another draw" : "another draw from finer trees"
      }
      let next = try attempt.made(replication: number % 2, economy: economy)
      let broken = next.report.broken.count
      let isBetter = broken < best.report.broken.count
      repairs.append(
        "\(words): \(broken) clause(s) broken" + (isBetter ? ", so it was taken" : ", no better"))
      if isBetter { best = next }
    }
    best.report.repairs = repairs
    best.economy = economy
    return best
  }

  /// The plan, and the contract in force for it.
  func planned() throws(DataError) -> (plan: Plan, contract: Contract) {
    var options = request.fit
    options.contract = contract
    let training = try split().training
    try Fit.refuseEmpty(training)
    let plan = try PlannedTable(
      training, schema: input.schema, plan: request.plan, options: options
    ).plan
    return (
      plan,
      contract.written(for: plan, schema: input.schema, rows: rowCount, seed: request.seed)
    )
  }

  private func split() throws(DataError) -> (training: Table, holdout: Table?) {
    switch request.holdout {
    case nil: return (input.table, nil)
    case .file(let path):
      let holdout = try RealInput.table(
        at: path, meaning: input.schema, threads: request.fit.threads, progress: progress)
      return (input.table, holdout.table)
    case .share(let share):
      let count = Int((share * Double(input.table.rowCount)).rounded())
      guard count >= 1, count < input.table.rowCount else {
        throw DataError(
          "the share to hold out leaves no rows on one side", file: input.path,
          remedy: "Give --holdout a share that suits a table of \(input.table.rowCount) rows.")
      }
      let split = RowSplit(rowCount: input.table.rowCount, firstCount: count, key: keys.holdout)
      return (
        input.table.selecting(rows: split.second), input.table.selecting(rows: split.first)
      )
    }
  }

  private func size(_ training: Table, _ options: FitOptions) -> Forecast.Size {
    Forecast.Size(
      realRows: training.rowCount, schema: input.schema, syntheticRows: rowCount,
      maximumPredictorCount: options.plan.maximumPredictorCount,
      measuredRows: request.isEvaluated ? max(training.rowCount, rowCount) : 0)
  }

  /// What the run will take.
  func forecast() throws(DataError) -> Forecast {
    Forecast(size(try split().training, request.fit), speed: Forecast.machineSpeed)
  }

  private var rowCount: Int {
    let real = input.table.rowCount
    if let rows = request.rows { return rows.rowCount(realRowCount: real) }
    if let rows = contract.rows.flatMap(RowRequest.init) {
      return rows.rowCount(realRowCount: real)
    }
    return min(real, contract.purpose.maximumRowCount ?? real)
  }

  /// One fit, from which rows may be drawn more than once.
  private struct Attempt {
    let run: ContractedRun
    let training: Table
    let holdout: Table?
    let fit: Fit
    /// The model under the request's condition, if there is one.
    let model: ConditionedModel?
    let twins: [DisclosureTrial]
    /// The real rows that are measured.
    let measured: Table

    init(
      _ run: ContractedRun, _ training: Table, _ holdout: Table?, options: FitOptions,
      allocation: BudgetAllocation?, economy: inout Economy
    ) throws(DataError) {
      self.run = run
      self.training = training
      self.holdout = holdout
      let schema = run.input.schema
      let before = run.stopwatch.elapsed
      fit = try run.stopwatch.measure("fitting") { () throws(DataError) in
        try Fit(
          training, schema: schema, plan: run.request.plan, options: options,
          progress: run.progress)
      }
      if let allocation, let budget = run.request.budget {
        // What fitting took tells how good the forecast is here.
        let taken = run.stopwatch.elapsed - before
        economy.measure(
          run.size(training, options), within: budget - run.stopwatch.elapsed,
          speed: Forecast.machineSpeed * max(taken / max(allocation.forecast.fitting, 0.01), 0.5))
      }
      measured =
        economy.measuredRows.flatMap { count in
          count > 0 && count < training.rowCount
            ? training.selecting(
              rows: RowSplit(
                rowCount: training.rowCount, firstCount: count, key: run.keys.measured
              ).first) : nil
        } ?? training
      let (condition, seed, threads) = (run.request.condition, run.request.seed, options.threads)
      let provided = ProvidedModel.wrapping(fit.model)
      model = try condition.map { condition throws(DataError) in
        try ConditionedModel(
          provided, where: condition, seed: seed, threads: threads)
      }
      let isTwinned =
        run.request.isEvaluated && economy.measuredRows != 0 && holdout == nil
      let sampled = measured
      twins =
        isTwinned
        ? try run.stopwatch.measure("twins") { () throws(DataError) in
          try Twins(
            sampled, schema: schema, options: options, keys: run.keys, condition: condition
          ).trials(progress: run.progress)
        } : []
    }

    func made(replication: Int, economy: Economy) throws(DataError) -> MadeTable {
      let (input, request, contract) = (run.input, run.request, run.contract)
      let generator = Generator(
        model: fit.model, file: input.file)
      let model: any Model = self.model ?? generator.model
      let count = run.rowCount
      let rules = RuleRepair(
        contract: contract, schema: input.schema, model: model, seed: request.seed,
        threads: request.fit.threads)
      let (drawn, repaired) = try run.stopwatch.measure("drawing") { () throws(DataError) in
        let drawn = model.sample(
          rows: 0..<count, key: RandomKey(seed: request.seed, replication: replication),
          threads: request.fit.threads)
        return (drawn, try rules.repaired(drawn))
      }
      var synthetic = repaired.table
      var amendments = repaired.amendments.sorted { $0.key < $1.key }
        .map { ReleaseManifest.Amendment(row: $0, attempt: $1) }
      var remedy: RemedyReport?
      if contract.disclosure.nearMatches != .report {
        let result = try run.stopwatch.measure("remedies") { () throws(DataError) in
          try NearMatchRemedy(
            policy: contract.disclosure.nearMatches,
            judge: try IndicationJudge(
              real: training, schema: input.schema, minimumCount: fit.plan.minimumLevelCount,
              key: run.keys.measures, threads: request.fit.threads, progress: run.progress),
            rules: rules,
            progress: run.progress
          ).applied(drawn: drawn, table: synthetic, amendments: amendments)
        }
        (synthetic, amendments, remedy) = (result.table, result.amendments, result.report)
      }
      var measures: Measures?
      var pairTables: PairTables?
      if request.isEvaluated, economy.measuredRows != 0 {
        let shown = min(economy.measuredRows ?? synthetic.rowCount, synthetic.rowCount)
        // Rows are drawn each for itself, so the first ones are as good a sample as any.
        let compared =
          shown < synthetic.rowCount ? synthetic.selecting(rows: Array(0..<shown)) : synthetic
        measures = try run.stopwatch.measure("measuring") { () throws(DataError) in
          try self.measures(of: compared)
        }
        if var remedy, let after = measures {
          let before = try self.measures(of: repaired.table)
          remedy.changes = RemedyReport.changes(
            before: (before.fidelity, before.disclosure), after: (after.fidelity, after.disclosure))
          measures?.disclosure.remedy = remedy
        }
        pairTables = try measures.map { measures throws(DataError) in
          try PairTableMeasure().tables(
            for: measures.fidelity, real: try comparable(measured), synthetic: compared,
            schema: input.schema, threads: request.fit.threads)
        }
      }
      let written = contract.written(
        for: fit.plan, schema: input.schema, rows: count, seed: request.seed)
      let table = synthetic.marked(by: written.marking?.column)
      let clauses = try run.stopwatch.measure("checking") { () throws(DataError) in
        try ContractCheck(
          contract: written, real: measures == nil ? training : try comparable(training),
          synthetic: table, schema: input.schema, plan: fit.plan,
          fidelity: measures?.fidelity, disclosure: measures?.disclosure, key: run.keys.clauses
        ).results()
      }
      return MadeTable(
        input: input, fittedRowCount: training.rowCount, plan: fit.plan, generator: generator,
        model: model, replication: replication, amendments: amendments, drawnRowCount: count,
        table: table, measures: measures, pairTables: pairTables, contract: written,
        report: ContractReport(
          purpose: contract.purpose.rawValue, isDefault: contract.isDefault,
          level: FidelityLevels.level(of: fit.plan),
          clauses: clauses + conditionResults(synthetic)))
    }

    /// The real rows that the rows made are compared with: those that satisfy the condition.
    private func comparable(_ real: Table) throws(DataError) -> Table {
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
      guard let model else { return [] }
      return [
        ClauseResult(
          "condition: every row satisfies --where", line: nil, measure: "rows that do not",
          figure: Double(synthetic.rowCount - model.satisfied(synthetic).rowCount), limit: 0,
          note: "of the generator's draws \(ConditionedModel.percent(model.rate)) satisfy it")
      ]
    }

    private func measures(of synthetic: Table) throws(DataError) -> Measures {
      try Measuring(
        real: try comparable(measured), synthetic: synthetic,
        holdout: try holdout.map { table throws(DataError) in try comparable(table) },
        schema: run.input.schema, minimumCount: fit.plan.minimumLevelCount, key: run.keys.measures,
        // A release is measured in seconds; `evaluate` goes to the full depth.
        depth: .first, threads: run.request.fit.threads, progress: run.progress
      ).measures(twins: twins)
    }
  }
}

extension Table {
  /// The table with a column that is 1 in every row.
  fileprivate func marked(by name: String?) -> Table {
    guard let name else { return self }
    let marks = Column(
      name: name, values: .wholeNumbers([Int64](repeating: 1, count: rowCount)),
      form: .number(NumberForm()))
    return Table(name: self.name, columns: columns + [marks], rowCount: rowCount)
  }
}
