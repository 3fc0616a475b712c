// SPDX-License-Identifier: Apache-2.0
public import Evaluation
public import Randomness
public import Schemas
public import Tables

/// Measures what a synthetic table indicates of real records, each figure beside its reference.
///
/// Matches, values and combinations are measured on the released pair; their references leave one
/// real row out in turn. What takes rows that the generator never saw (distances, outliers,
/// extremes) is measured on trials and pooled over them.
///
/// No figure here proves safety. Identifiers and free text are left out of every comparison.
public struct DisclosureMeasure: Sendable {
  /// How much is measured.
  public var depth: MeasureDepth
  /// How many people the population has from which the real rows come; `nil` where nobody says.
  public var populationSize: Double?

  /// Creates a measure.
  public init(depth: MeasureDepth = .first, populationSize: Double? = nil) {
    self.depth = depth
    self.populationSize = populationSize
  }

  /// Measures everything.
  ///
  /// - Parameters:
  ///   - real: All real rows on which the released table rests.
  ///   - synthetic: The released table.
  ///   - trials: Twins fitted on halves, or one trial with a holdout as its control; may be empty.
  ///   - controlKind: How the trials' controls were made.
  ///   - schema: What the columns mean; quasi-identifiers are the keys.
  ///   - minimumCount: Values and combinations in fewer real rows are rare.
  ///   - key: Names the draws where large tables are sampled.
  ///   - threads: How many threads may work; they change no figure.
  ///   - progress: Hears how far the work has come.
  /// - Returns: The figures, and the synthetic rows to look at.
  /// - Throws: `DataError` if the tables share no column, or the population has fewer people than the real
  ///   table has rows.
  public func report(
    real: Table, synthetic: Table, trials: [DisclosureTrial], controlKind: ReferenceKind,
    schema: Schema, minimumCount: Int = 10, key: RandomKey, threads: Int = 1,
    progress: ProgressHandler = .silent
  ) throws(DataError) -> DisclosureReport {
    if let populationSize, !(populationSize >= Double(real.rowCount)) {
      throw DataError(
        "the population is smaller than the real table, which has \(real.rowCount) rows",
        remedy: "Give the number of people from whom the rows were taken, or leave it out.")
    }
    let all =
      [real, synthetic] + trials.flatMap { [$0.training, $0.control, $0.synthetic] }
    let alignment = try TableAlignment(all, schema: schema)
    let tables = ComparedTables(alignment, threads: threads)
    let exact = ExactMatches(tables)
    let values = ValueIndications(tables, minimumCount: minimumCount)
    let extremes = ExtremeIndications(
      tables, trialCount: trials.count, minimumCount: minimumCount)
    let combinations = CombinationIndications(
      tables, schema: schema, minimumCount: minimumCount, threads: threads, progress: progress)
    let quantizer = Quantizer(tables)
    let near = quantizer.map {
      NearMatches(tables, quantizer: $0, key: key, threads: threads, progress: progress)
    }
    let distances = distances(
      tables, quantizer, trialCount: trials.count, key: key, threads: threads, progress: progress)
    var skipped = alignment.skipped
    var keys: KeyDisclosure?
    if depth == .full {
      if let measure = KeyMeasure(
        tables, schema: schema, minimumCount: minimumCount, populationSize: populationSize)
      {
        keys = measure.result(threads: threads, progress: progress)
      } else {
        skipped.append(
          .init(
            name: "replicated uniques and attribute disclosure",
            reason: "no column has the role quasi-identifier, or a table has no rows"))
      }
    }
    var attacks: AttackReport?
    if depth == .full, let quantizer {
      attacks = AttackMeasure(
        tables: tables, quantizer: quantizer, trialCount: trials.count, key: key,
        threads: threads, progress: progress
      ).result(schema: schema)
    }
    if depth == .full, attacks == nil {
      skipped.append(.init(name: "attacks", reason: ExtremeIndications.noTrial))
    }
    var report = DisclosureReport(
      controlKind: controlKind, exactMatches: exact.all, uniqueMatches: exact.unique,
      closerToTraining: distances.closer, nearMatches: distances.near,
      valueIndications: values.score, extremeIndications: extremes.score,
      combinationIndications: combinations.score,
      findings: exact.findings + (near?.findings ?? []) + values.findings + extremes.findings
        + combinations.findings, skipped: skipped, keyDisclosure: keys,
      attacks: attacks, membership: distances.membership)
    report.outlyingRows = OutlyingRows(tables).score
    if depth == .full {
      let groups = GroupOwnership(tables, trialCount: trials.count)
      report.groupOwnership = groups.score
      report.findings += groups.findings
    }
    if depth == .full, let quantizer {
      report.nearerThanNeighbours =
        NearerThanNeighbours(
          tables, quantizer: quantizer, key: key, threads: threads, progress: progress
        ).score
    }
    return report
  }

  private func distances(
    _ tables: ComparedTables, _ quantizer: Quantizer?, trialCount: Int, key: RandomKey,
    threads: Int, progress: ProgressHandler
  ) -> (closer: Score, near: Score, membership: MembershipReport?) {
    guard let quantizer else {
      let score = Score(notComputable: "the number of compared columns is 0, or more than 4000")
      return (score, score, nil)
    }
    guard trialCount > 0 else {
      let score = Score(notComputable: ExtremeIndications.noTrial)
      return (score, score, nil)
    }
    var closer = CloserToTraining()
    var outliers = OutlierMatches()
    var membership = MembershipMeasure()
    for trial in 0..<trialCount {
      guard let rows = TrialRows(quantizer, tables: tables, trial: trial, key: key) else {
        continue
      }
      closer.add(rows, threads: threads, progress: progress)
      outliers.add(rows, key: key, threads: threads, progress: progress)
      if depth == .full {
        membership.add(rows, key: key, threads: threads, progress: progress)
      }
    }
    return (closer.score, outliers.score, depth == .full ? membership.result : nil)
  }
}
