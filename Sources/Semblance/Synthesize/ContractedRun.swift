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
import TreeSynthesis

/// Plans, fits, draws, measures and checks under a contract, and mends what came out broken.
struct ContractedRun {
  let request: SynthesizeRequest
  let input: RealInput
  let contract: Contract
  let keys: EvaluationKeys
  /// What is replaced where the rest stays real; `nil` generates all.
  let partial: PartialPlan?
  /// The rows to fill in, where some are given.
  let givenRowCount: Int?
  let progress: ProgressHandler
  let stopwatch: Stopwatch

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
    try ExtrapolatedRows.check(contract, for: input.table, schema: input.schema)
    partial = try PartialPlan(request, input: input, contract: self.contract)
    givenRowCount = try request.givenRowCount(self.contract)
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
    options.leading = partial?.leading ?? []
    var economy = Economy(
      measuredRows: request.measuredRowCount, fittedRows: request.fittedRowCount,
      repairCount: request.repairLimit, givenUp: request.keptGivenUp)
    economy.maximumPredictorCount = request.keptPredictorCount
    var pace: MeasurePace?
    if let budget = request.budget {
      pace = try plan(&economy, training, &options, within: budget - stopwatch.elapsed)
    }
    if let count = economy.maximumPredictorCount { options.plan.maximumPredictorCount = count }
    if let count = economy.fittedRows, count < training.rowCount {
      training = training.selecting(
        rows: RowSplit(rowCount: training.rowCount, firstCount: count, key: keys.fitted).first)
    }
    let began = stopwatch.elapsed
    var attempt = try RunAttempt(self, training, holdout, options: options, pace: pace)
    var best = try attempt.made(replication: 0, economy: &economy)
    let attemptSeconds = stopwatch.elapsed - began
    if request.budget != nil { options.chosen = attempt.fit.chosen }
    best.economy = economy
    // A default contract states no wish of the owner's, so nothing is drawn anew for its sake.
    guard !contract.isDefault else { return best }
    guard !best.report.broken.isEmpty else { return best }
    let (list, note) = RunRepair.list(
      for: best.plan, isFixed: request.plan != nil || contract.disclosure.minimumLeaf != nil)
    var repairs: [String] = []
    for (number, repair) in list.prefix(economy.repairCount ?? list.count).enumerated()
    where !best.report.broken.isEmpty {
      if let budget = request.budget, let pace,
        stopwatch.elapsed + attemptSeconds + pace.reserve > budget
      {
        economy.repairCount = number
        economy.givenUp.append("further attempts at broken clauses")
        break
      }
      if let leafCount = repair.leafCount {
        options.plan.minimumLeafCount = leafCount
        attempt = try RunAttempt(self, training, holdout, options: options, pace: nil)
      }
      let next = try attempt.made(replication: repair.replication, economy: &economy)
      let broken = next.report.broken.count
      let isBetter = broken < best.report.broken.count
      repairs.append(
        "\(repair.words): \(broken) clause(s) broken"
          + (isBetter ? ", so it was taken" : ", no better"))
      if isBetter { best = next }
    }
    if let note, !best.report.broken.isEmpty { repairs.append(note) }
    best.report.repairs = repairs
    best.economy = economy
    return best
  }

  /// The plan, and the contract in force for it.
  func planned() throws(DataError) -> (plan: Plan, contract: Contract) {
    var options = request.fit
    options.contract = contract
    options.leading = partial?.leading ?? []
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
    let method = request.plan?.method ?? options.method
    var size = Forecast.Size(
      realRows: training.rowCount, schema: input.schema, syntheticRows: rowCount,
      maximumPredictorCount: options.plan.maximumPredictorCount,
      measuredRows: request.isEvaluated ? max(training.rowCount, rowCount) : 0, table: training,
      isBoosted: [TreeSynthesizer.boostingMethod, TreeSynthesizer.automaticMethod]
        .contains(method))
    if method == TreeSynthesizer.automaticMethod {
      // Few rows are learned by trees.
      size.isBoosted = training.rowCount >= MethodChoice.fewestRows
      size.isSearched = size.isBoosted
    }
    size.labour = .init(method: method)
    return size
  }

  /// What the run will take.
  func forecast() throws(DataError) -> Forecast {
    Forecast(size(try split().training, request.fit), speed: Forecast.machineSpeed)
  }

  /// Decides what is given up before fitting, and how fast measuring is expected to be.
  ///
  /// - Throws: `DataError` if there is no time for what cannot be given up.
  private func plan(
    _ economy: inout Economy, _ training: Table, _ options: inout FitOptions, within seconds: Double
  ) throws(DataError) -> MeasurePace {
    let began = stopwatch.elapsed
    var size = size(training, options)
    // What trees would take is what a search for better methods must leave time for.
    let isSearched = options.method == TreeSynthesizer.automaticMethod && request.plan == nil
    if isSearched { (size.isBoosted, size.isSearched) = (false, false) }
    let probe = ForecastProbe(
      training, schema: input.schema, options: options, size: size, within: seconds)
    let speed = probe.speed ?? Forecast.machineSpeed
    let left = max(0, seconds - (stopwatch.elapsed - began))
    let allocation = BudgetAllocation(for: size, within: left, speed: speed)
    if allocation.secondsMissing > 0 { throw tooShort(allocation) }
    economy.take(allocation)
    if isSearched {
      options.choiceSeconds = Self.choiceSeconds(of: allocation, within: left)
      if options.choiceSeconds == nil {
        options.method = TreeSynthesizer.method
        economy.givenUp.append("a choice of methods: all variables are learned by trees")
      } else {
        size.isBoosted = true
      }
    }
    size.realRows = economy.fittedRows ?? size.realRows
    size.maximumPredictorCount = economy.maximumPredictorCount ?? size.maximumPredictorCount
    let isCompared = contract.disclosure.nearMatches != .report
    return MeasurePace(
      size, passes: isCompared ? 2 : 1, speed: speed, isSearched: options.choiceSeconds != nil)
  }

  /// The seconds in which methods may be chosen and fitted; `nil` where trees need all the time there is.
  ///
  /// Boosted variables take a fifth or so of their fit to draw and to write; measuring gets what is left.
  private static func choiceSeconds(
    of allocation: BudgetAllocation, within seconds: Double
  ) -> Double? {
    guard allocation.fittedRows == nil, allocation.maximumPredictorCount == nil else { return nil }
    let forecast = allocation.forecast
    let other = forecast.fitting + forecast.drawing + forecast.writing + forecast.checking
    let free = (0.64 * seconds - other) / 1.3
    return free >= leastChoiceSeconds ? free : nil
  }

  /// Fewer seconds are not worth a search.
  private static let leastChoiceSeconds = 3.0

  /// - Parameter allocation: What is left of the run when all is given up that can be.
  private func tooShort(_ allocation: BudgetAllocation) -> DataError {
    let seconds = (stopwatch.elapsed + allocation.forecast.seconds) / BudgetAllocation.share
    let enough = "\(Int((seconds * 10).rounded(.up)))"
    let words = "\(enough.dropLast().isEmpty ? "0" : enough.dropLast()).\(enough.suffix(1))"
    return DataError(
      "the budget is too short: reading, fitting few rows, drawing and writing take more, with nothing "
        + "measured", file: input.path,
      remedy: "Give it about \(words) s (--budget \(words)s), or ask for fewer rows (--rows).")
  }

  var rowCount: Int {
    let real = input.table.rowCount
    if partial != nil { return real }
    if let givenRowCount { return givenRowCount }
    if let rows = request.rows { return rows.rowCount(realRowCount: real) }
    if let rows = contract.rows.flatMap(RowRequest.init) {
      return rows.rowCount(realRowCount: real)
    }
    return min(real, contract.purpose.maximumRowCount ?? real)
  }
}
