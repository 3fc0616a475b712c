// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
public import Synthesis
public import Tables

/// Chooses for each variable of a plan between one tree and boosted trees.
///
/// Both learn from four fifths of some rows and foretell the last fifth. Boosted trees are taken where they
/// are better by more than a standard error; else the tree, which costs less and says more of itself.
public struct MethodChoice: Sendable {
  /// The most rows of a trial.
  public static let mostRows = 8000
  /// Below so many rows there are too few to boost on, or to tell methods apart.
  static let fewestRows = 500

  /// What fits.
  public var synthesizer: TreeSynthesizer

  /// Creates a choice.
  public init(_ synthesizer: TreeSynthesizer = TreeSynthesizer()) { self.synthesizer = synthesizer }

  /// The plan with the method of each learned variable, and why.
  ///
  /// - Parameters:
  ///   - plan: A plan whose method is ``TreeSynthesizer/automaticMethod``; others come back as they are.
  ///   - binned: The table's bins.
  public func chosen(
    for plan: Plan, binned: BinnedTable, progress: ProgressHandler = .silent
  ) -> Plan {
    guard plan.method == TreeSynthesizer.automaticMethod else { return plan }
    let rowCount = binned.variables.first?.codes.count ?? 0
    guard rowCount >= Self.fewestRows else {
      return plan.with(
        plan.steps.map { $0.action == .learned ? $0.learned(by: TreeSynthesizer.method) : $0 },
        note:
          "no method was tried: a table of fewer than \(Self.fewestRows) rows is learned by trees")
    }
    // The same rows whatever the seed, so that a plan does not hang on it.
    var stream = RandomStream(
      key: RandomKey(seed: "choice of methods").stream("rows"), entity: 0)
    let drawn = Draws.sample(min(rowCount, Self.mostRows), of: rowCount, using: &stream)
    let others = drawn.indices.filter { $0 % 5 == 4 }.map { drawn[$0] }
    let rows = drawn.indices.filter { $0 % 5 != 4 }.map { Int32(drawn[$0]) }
    let grower = TreeGrower(options: synthesizer.options(for: plan), rowCount: rowCount)
    let boosting = synthesizer.boosting(for: plan)
    // Late variables have the most predictors, so they are begun first.
    let steps = ChunkedWork(count: plan.steps.count, threads: synthesizer.threads, chunkSize: 1)
      .map(progress: progress, phase: "choosing methods") { turns in
        turns.map { turn -> PlanStep in
          let step = plan.steps[plan.steps.count - 1 - turn]
          guard step.action == .learned, let own = binned.variable(named: step.variable) else {
            return step
          }
          let predictors = step.predictors.compactMap { binned.variable(named: $0) }
          guard !predictors.isEmpty, own.layout.binCount > 1 else {
            return step.learned(by: TreeSynthesizer.method)
          }
          return step.chosen(
            MethodTrial(
              of: TreeTarget(own), on: predictors.map { TreePredictor($0) }, rows: rows,
              others: others, grower: grower, boosting: boosting), rowCount: others.count)
        }
      }
    let boosted = steps.count { $0.method == TreeSynthesizer.boostingMethod }
    let learned = steps.count { $0.method != nil }
    return plan.with(
      steps.reversed(),
      note: "of \(learned) learned variables, \(boosted) are boosted and the others have one tree "
        + "each, as rows that neither had learned from were foretold")
  }
}

extension Plan {
  fileprivate func with(_ steps: [PlanStep], note: String) -> Plan {
    var plan = self
    plan.steps = steps
    plan.notes.append(note)
    return plan
  }
}

extension PlanStep {
  fileprivate func learned(by method: String) -> PlanStep {
    var step = self
    step.method = method
    return step
  }

  fileprivate func chosen(_ trial: MethodTrial, rowCount: Int) -> PlanStep {
    var step = learned(
      by: trial.prefersBoosting ? TreeSynthesizer.boostingMethod : TreeSynthesizer.method)
    guard trial.marginScore > 0 else { return step }
    // Rounded, since the plan is published.
    func percent(_ score: Double) -> String {
      "\(((1 - score / trial.marginScore) * 1000).rounded() / 10) %"
    }
    let error = (trial.standardError / trial.marginScore * 1000).rounded() / 10
    step.reasons.append(
      "of \(rowCount) rows not learned from, one tree explains \(percent(trial.treeScore)) "
        + "(\(trial.words.tree)), boosting \(percent(trial.boostedScore)) (\(trial.words.boosted)); "
        + "standard error of the difference \(error) %")
    return step
  }
}
