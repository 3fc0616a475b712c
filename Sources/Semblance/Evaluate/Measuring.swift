// SPDX-License-Identifier: Apache-2.0
import Disclosure
import Evaluation
import Fidelity
import Randomness
import Schemas
import Tables

/// Measures a synthetic table against real ones.
struct Measuring {
  /// The real rows the generator was fitted on.
  var real: Table
  var synthetic: Table
  /// Real rows the generator never saw.
  var holdout: Table?
  var schema: Schema
  /// The fewest rows that must share a value for it not to be rare.
  var minimumCount: Int
  var key: RandomKey
  /// How much is measured.
  var depth: MeasureDepth
  var threads: Int
  var progress: ProgressHandler
  /// Whether rows are meant to be as often as in the real table; not where levels are balanced.
  var hasRealShares = true
  /// How many people the population has; `nil` where nobody says.
  var populationSize: Double?

  /// - Parameter twins: Trials that stand in for a holdout.
  func measures(twins: [DisclosureTrial]) throws(DataError) -> Measures {
    var fidelity = try FidelityMeasure(depth: depth).report(
      real: real, synthetic: synthetic, holdout: holdout, schema: schema, key: key,
      threads: threads, progress: progress)
    addSurvey(to: &fidelity)
    let trials =
      holdout.map { [DisclosureTrial(training: real, control: $0, synthetic: synthetic)] } ?? twins
    var disclosure = try DisclosureMeasure(depth: depth, populationSize: populationSize).report(
      real: real, synthetic: synthetic, trials: trials,
      controlKind: holdout == nil ? .halves : .holdout, schema: schema,
      minimumCount: minimumCount, key: key, threads: threads, progress: progress)
    disclosure.copyAlarms = CopyAlarm.alarms(
      of: disclosure, syntheticRowCount: synthetic.rowCount, hasRealShares: hasRealShares)
    return Measures(fidelity: fidelity, disclosure: disclosure)
  }

  /// What the tables say of their population, where roles tell how the sample was drawn.
  private func addSurvey(to fidelity: inout FidelityReport) {
    let design = SurveyDesign(schema)
    guard !design.isSimple else { return }
    do {
      fidelity.analyses = [
        try SurveyMeans(design).result(real: real, synthetic: [synthetic], schema: schema)
      ]
    } catch {
      fidelity.skipped.append(.init(name: SurveyMeans.title, reason: error.message))
    }
  }
}
