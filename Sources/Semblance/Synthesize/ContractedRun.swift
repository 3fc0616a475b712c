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

  /// - Throws: `DataError` if the contract does not suit the table, or contradicts itself.
  init(
    _ request: SynthesizeRequest, input: RealInput, progress: ProgressHandler
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
    keys = EvaluationKeys(seed: request.seed)
  }

  /// The best of the attempts: the first that keeps the contract, or else the one that breaks least.
  func made() throws(DataError) -> MadeTable {
    let (training, holdout) = try split()
    var options = request.fit
    options.contract = contract
    var attempt = try Attempt(self, training, holdout, options: options)
    var best = try attempt.made(replication: 0)
    // A default contract states no wish of the owner's, so nothing is drawn anew for its sake.
    guard !contract.isDefault else { return best }
    var repairs: [String] = []
    for number in 1...Self.repairCount where !best.report.broken.isEmpty {
      let words: String
      if number == 2 {
        let leaf = max(best.plan.minimumLevelCount, best.plan.minimumLeafCount / 2)
        guard leaf < best.plan.minimumLeafCount, request.plan == nil,
          contract.disclosure.minimumLeaf == nil
        else { break }
        options.plan.minimumLeafCount = leaf
        attempt = try Attempt(self, training, holdout, options: options)
        words = "finer trees, of \(leaf) rows a leaf"
      } else {
        words = number == 1 ? "another draw" : "another draw from finer trees"
      }
      let next = try attempt.made(replication: number % 2)
      let broken = next.report.broken.count
      let isBetter = broken < best.report.broken.count
      repairs.append(
        "\(words): \(broken) clause(s) broken" + (isBetter ? ", so it was taken" : ", no better"))
      if isBetter { best = next }
    }
    best.report.repairs = repairs
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

    init(
      _ run: ContractedRun, _ training: Table, _ holdout: Table?, options: FitOptions
    ) throws(DataError) {
      self.run = run
      self.training = training
      self.holdout = holdout
      let schema = run.input.schema
      fit = try Fit(
        training, schema: schema, plan: run.request.plan, options: options, progress: run.progress)
      let (condition, seed, threads) = (run.request.condition, run.request.seed, options.threads)
      let provided = ProvidedModel.wrapping(fit.model)
      model = try condition.map { condition throws(DataError) in
        try ConditionedModel(
          provided, where: condition, seed: seed, threads: threads)
      }
      twins =
        run.request.isEvaluated && holdout == nil
        ? try Twins(
          training, schema: schema, options: options, keys: run.keys, condition: condition
        ).trials(progress: run.progress) : []
    }

    func made(replication: Int) throws(DataError) -> MadeTable {
      let (input, request, contract) = (run.input, run.request, run.contract)
      let generator = Generator(
        model: fit.model, file: input.file)
      let model: any Model = self.model ?? generator.model
      let count = run.rowCount
      let drawn = model.sample(
        rows: 0..<count, key: RandomKey(seed: request.seed, replication: replication),
        threads: request.fit.threads)
      let rules = RuleRepair(
        contract: contract, schema: input.schema, model: model, seed: request.seed,
        threads: request.fit.threads)
      let repaired = try rules.repaired(drawn)
      var synthetic = repaired.table
      var amendments = repaired.amendments.sorted { $0.key < $1.key }
        .map { ReleaseManifest.Amendment(row: $0, attempt: $1) }
      var remedy: RemedyReport?
      if contract.disclosure.nearMatches != .report {
        let result = try NearMatchRemedy(
          policy: contract.disclosure.nearMatches,
          judge: try IndicationJudge(
            real: training, schema: input.schema, minimumCount: fit.plan.minimumLevelCount,
            key: run.keys.measures, threads: request.fit.threads, progress: run.progress),
          rules: rules,
          progress: run.progress
        ).applied(drawn: drawn, table: synthetic, amendments: amendments)
        (synthetic, amendments, remedy) = (result.table, result.amendments, result.report)
      }
      var measures: Measures?
      if request.isEvaluated {
        measures = try measured(synthetic)
        if var remedy, let after = measures {
          let before = try measured(repaired.table)
          remedy.changes = RemedyReport.changes(
            before: (before.fidelity, before.disclosure), after: (after.fidelity, after.disclosure))
          measures?.disclosure.remedy = remedy
        }
      }
      let pairTables = try measures.map { measures throws(DataError) in
        try PairTableMeasure().tables(
          for: measures.fidelity, real: try comparable(training), synthetic: synthetic,
          schema: input.schema,
          threads: request.fit.threads)
      }
      let written = contract.written(
        for: fit.plan, schema: input.schema, rows: count, seed: request.seed)
      let table = synthetic.marked(by: written.marking?.column)
      let check = try ContractCheck(
        contract: written, real: measures == nil ? training : try comparable(training),
        synthetic: table, schema: input.schema, plan: fit.plan,
        fidelity: measures?.fidelity, disclosure: measures?.disclosure, key: run.keys.clauses)
      return MadeTable(
        input: input, fittedRowCount: training.rowCount, plan: fit.plan, generator: generator,
        model: model, replication: replication, amendments: amendments, drawnRowCount: count,
        table: table, measures: measures, pairTables: pairTables, contract: written,
        report: ContractReport(
          purpose: contract.purpose.rawValue, isDefault: contract.isDefault,
          level: FidelityLevels.level(of: fit.plan),
          clauses: check.results() + conditionResults(synthetic)))
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

    private func measured(_ synthetic: Table) throws(DataError) -> Measures {
      try Measuring(
        real: try comparable(training), synthetic: synthetic,
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
