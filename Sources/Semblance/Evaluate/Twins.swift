// SPDX-License-Identifier: Apache-2.0
import Disclosure
import Randomness
import Schemas
import Synthesis
import Tables

/// Two twins of a generator, each fitted on a random half of the rows with the same options.
///
/// The half a twin did not see is its control. The released rows themselves were learned from all rows
/// and have no control; the twins tell how a generator of this kind treats rows it learned from.
struct Twins {
  /// Tables with fewer rows are not halved: a half could not be learned from.
  static let minimumRowCount = 40

  let table: Table
  let schema: Schema
  var options: FitOptions
  let keys: EvaluationKeys
  /// What each row of a twin must satisfy; rows that do not are no part of a trial.
  let condition: String?

  init(
    _ table: Table, schema: Schema, options: FitOptions, keys: EvaluationKeys,
    condition: String? = nil
  ) {
    self.condition = condition
    self.table = table
    self.schema = schema
    self.options = options
    self.keys = keys
    // The threshold for the whole table, not that for a table of half its size.
    self.options.plan.minimumLevelCount = options.planOptions.levelCount(
      forRowCount: table.rowCount)
  }

  /// Fits and draws; empty if the table is too small to be halved.
  func trials(progress: ProgressHandler) throws(DataError) -> [DisclosureTrial] {
    guard table.rowCount >= Self.minimumRowCount else { return [] }
    let split = RowSplit(
      rowCount: table.rowCount, firstCount: table.rowCount / 2, key: keys.halves)
    var trials: [DisclosureTrial] = []
    for (number, halves) in [(split.first, split.second), (split.second, split.first)].enumerated()
    {
      let training = table.selecting(rows: halves.0)
      let fit = try Fit(
        training, schema: schema, options: options,
        progress: progress.prefixed("twin \(number + 1) of 2: "))
      var model: any Model = fit.model
      var (seen, control) = (training, table.selecting(rows: halves.1))
      if let condition {
        let conditioned = try ConditionedModel(
          model, where: condition, seed: keys.twin(number).seed, threads: options.threads)
        (seen, control) = (conditioned.satisfied(seen), conditioned.satisfied(control))
        guard seen.rowCount > 0, control.rowCount > 0 else { return [] }
        model = conditioned
      }
      let synthetic = model.sample(
        rows: 0..<seen.rowCount, key: keys.twin(number), threads: options.threads)
      trials.append(DisclosureTrial(training: seen, control: control, synthetic: synthetic))
    }
    return trials
  }
}

extension ProgressHandler {
  /// The same handler, with something said before each phase.
  func prefixed(_ words: String) -> ProgressHandler {
    ProgressHandler { [self] in report(words + $0.phase, $0.completed, of: $0.total) }
  }
}
