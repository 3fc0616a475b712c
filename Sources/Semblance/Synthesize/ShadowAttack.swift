// SPDX-License-Identifier: Apache-2.0
import Disclosure
import Evaluation
import Randomness
import Synthesis
import Tables

/// The attack by shadow models on the generator of a run, by the plan that made the released table.
struct ShadowAttack {
  let request: SynthesizeRequest
  let progress: ProgressHandler

  /// Attacks, and adds the figures to what was measured; nothing where nothing was.
  func add(to made: inout MadeTable) throws(DataError) {
    guard var measures = made.measures else { return }
    let (schema, plan) = (made.input.schema, made.plan)
    let keys = EvaluationKeys(seed: request.seed)
    let attacks = try ShadowModels(runCount: request.shadowRunCount).attacks(
      real: made.input.table, schema: schema, key: keys.measures, progress: progress
    ) { learned, run throws(DataError) in
      let fit = try Fit(learned, schema: schema, plan: plan, options: request.fit)
      let model: any Model = fit.model
      return model.sample(
        rows: 0..<learned.rowCount, key: keys.shadow(run), threads: request.fit.threads)
    }
    guard !attacks.isEmpty else {
      measures.disclosure.skipped.append(
        .init(name: "shadow models", reason: "the table has too few rows for them"))
      made.measures = measures
      return
    }
    var report = measures.disclosure.membership ?? MembershipReport(attacks: [])
    report.attacks += attacks
    measures.disclosure.membership = report
    made.measures = measures
  }
}
