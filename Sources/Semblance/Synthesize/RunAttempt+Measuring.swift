// SPDX-License-Identifier: Apache-2.0
import Contracts
import Disclosure
import Evaluation
import Fidelity
import Releases
import Schemas
import Synthesis
import Tables

/// The real rows that are measured, with the twins that stand in for a holdout.
struct MeasuredSample {
  /// How many rows were asked for; `nil` for all.
  var rowCount: Int?
  /// The real rows.
  var real: Table
  /// The twins; empty where there is a holdout.
  var twins: [DisclosureTrial]
}

/// What was measured of a run's rows.
struct MeasuredRows {
  var measures: Measures
  var pairTables: PairTables
}

extension RunAttempt {
  /// Measures as many rows as was decided, or as there is time for; `nil` where nothing is measured.
  ///
  /// - Parameter before: The rows before a remedy, whose figures are compared.
  mutating func measured(
    _ synthetic: Table, before: Table?, _ remedy: RemedyReport?, _ economy: inout Economy
  ) throws(DataError) -> MeasuredRows? {
    guard run.request.isEvaluated, economy.measuredRows != 0 else { return nil }
    guard var pace, let budget = run.request.budget, economy.measuredRows == nil else {
      if sample == nil { sample = try sample(rows: economy.measuredRows) }
      return try measured(synthetic, before: before, remedy)
    }
    self.pace = nil
    // Clauses that come out broken are worth another attempt, which takes as long.
    let share = run.contract.isDefault ? 1.0 : 0.5
    let start = run.stopwatch.elapsed
    let end = start + (budget - pace.reserve - start) * share
    if pace.permitsAll(within: end - start) {
      sample = try sample(rows: nil)
      return try measured(synthetic, before: before, remedy)
    }
    // A condition could leave too few of a few rows.
    guard model == nil, let few = pace.first(within: end - start) else {
      economy.measure(rows: 0)
      return nil
    }
    sample = try sample(rows: few)
    var result = try measured(synthetic, before: before, remedy)
    var rows = few
    pace.correct(rows: few, took: run.stopwatch.elapsed - start)
    if let more = pace.most(within: end - run.stopwatch.elapsed),
      Double(more) >= MeasurePace.worthwhile * Double(few)
    {
      sample = try sample(rows: more)
      result = try measured(synthetic, before: before, remedy)
      rows = more
    }
    if rows < max(training.rowCount, synthetic.rowCount) {
      economy.measure(rows: rows)
    } else {
      sample?.rowCount = nil
    }
    return result
  }

  /// The real rows to measure, drawn by the run's key, and their twins.
  private func sample(rows: Int?) throws(DataError) -> MeasuredSample {
    var real = training
    if let rows, rows < training.rowCount {
      real = training.selecting(
        rows: RowSplit(
          rowCount: training.rowCount, firstCount: rows, key: run.keys.measured
        ).first)
    }
    var sample = MeasuredSample(rowCount: rows, real: real, twins: [])
    // Twins hold no real cells, so that they tell nothing of a table that does.
    if holdout == nil, partial == nil {
      // A twin is made as its generator is.
      var options = options
      options.chosen = fit.chosen
      sample.twins = try run.stopwatch.measure("twins") { () throws(DataError) in
        try Twins(
          real, schema: run.input.schema, options: options, keys: run.keys,
          condition: run.request.condition
        ).trials(progress: run.progress)
      }
    }
    return sample
  }

  private func measured(
    _ synthetic: Table, before: Table?, _ remedy: RemedyReport?
  ) throws(DataError) -> MeasuredRows? {
    guard let sample else { return nil }
    return try run.stopwatch.measure("measuring") { () throws(DataError) in
      let shown = min(sample.rowCount ?? synthetic.rowCount, synthetic.rowCount)
      // Rows are drawn each for itself, so the first ones are as good a sample as any.
      let compared =
        shown < synthetic.rowCount ? synthetic.selecting(rows: Array(0..<shown)) : synthetic
      let real = try comparable(sample.real)
      var measures = try measures(of: compared, against: real, sample.twins)
      if var remedy, let before {
        let first = try self.measures(of: before, against: real, sample.twins)
        remedy.changes = RemedyReport.changes(
          before: (first.fidelity, first.disclosure),
          after: (measures.fidelity, measures.disclosure))
        measures.disclosure.remedy = remedy
      }
      let tables = try PairTableMeasure().tables(
        for: measures.fidelity, real: real, synthetic: compared, schema: run.input.schema,
        threads: run.request.fit.threads)
      return MeasuredRows(measures: measures, pairTables: tables)
    }
  }

  private func measures(
    of synthetic: Table, against real: Table, _ twins: [DisclosureTrial]
  ) throws(DataError) -> Measures {
    try Measuring(
      real: real, synthetic: synthetic,
      holdout: try holdout.map { table throws(DataError) in try comparable(table) },
      schema: run.input.schema, minimumCount: fit.plan.minimumLevelCount, key: run.keys.measures,
      // A release is measured in seconds; `evaluate` goes to the full depth.
      depth: .first, threads: run.request.fit.threads, progress: run.progress,
      hasRealShares: run.contract.balance.isEmpty
    ).measures(twins: twins)
  }
}
