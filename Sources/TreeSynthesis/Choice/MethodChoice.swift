// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
public import Synthesis
public import Tables

/// Chooses for each variable of a plan between one tree and boosted trees.
///
/// Both learn from four fifths of some rows and foretell the last fifth. Boosted trees are taken where they
/// are better by more than a standard error; else the tree, which costs less and says more of itself. Where
/// scores are undecided a classifier has its say (`MethodVerdict`). Within a time, trials go as far as it allows, and those variables are boosted that gain most by it for what it
/// costs.
public struct MethodChoice: Sendable {
  /// The most rows of a trial.
  public static let mostRows = 8000
  /// Below so many rows there are too few to boost on, or to tell methods apart.
  public static let fewestRows = 500

  /// What fits.
  public var synthesizer: TreeSynthesizer
  /// The seconds on the clock that choosing and fitting may take; `nil` for as long as it takes.
  public var seconds: Double?
  /// Whether a variable may be learned from all variables before it, though the plan names fewer.
  public var mayWiden = true

  /// Creates a choice.
  public init(_ synthesizer: TreeSynthesizer = TreeSynthesizer(), within seconds: Double? = nil) {
    self.synthesizer = synthesizer
    self.seconds = seconds
  }

  /// The method of each learned variable, and why; `nil` for a plan whose method leaves no choice.
  ///
  /// - Parameters:
  ///   - plan: A plan whose method is ``TreeSynthesizer/automaticMethod``.
  ///   - binned: The table's bins.
  public func chosen(
    for plan: Plan, binned: BinnedTable, progress: ProgressHandler = .silent
  ) -> ChosenMethods? {
    guard plan.method == TreeSynthesizer.automaticMethod else { return nil }
    let rowCount = binned.variables.first?.codes.count ?? 0
    let learned = plan.steps.filter { $0.action == .learned }
    guard rowCount >= Self.fewestRows else {
      return ChosenMethods(
        choices: Dictionary(
          uniqueKeysWithValues: learned.map {
            ($0.variable, .init(method: TreeSynthesizer.method))
          }),
        note:
          "no method was tried: a table of fewer than \(Self.fewestRows) rows is learned by trees")
    }
    // Late variables have the most predictors, so they are begun first.
    let tried = learned.reversed().filter { step in
      !step.predictors.isEmpty && (binned.variable(named: step.variable)?.layout.binCount ?? 0) > 1
    }
    let clock = ChoiceClock(seconds: seconds, threads: synthesizer.threads)
    let pilot = clock.limit == nil ? nil : tried.first
    let most = min(rowCount, Self.mostRows)
    let trials = MethodTrials(synthesizer, plan: plan, binned: binned, mayWiden: mayWiden)
    let count =
      pilot.map { step in
        clock.rows(upTo: most, from: Self.fewestRows, trials: tried.count) { count in
          _ = trials.verdict(on: step, rows: count, isAsked: false)
        }
      } ?? most
    let outcomes = ChunkedWork(
      count: tried.count, threads: synthesizer.threads, chunkSize: 1
    ).map(progress: progress, phase: "choosing methods") { turns in
      turns.map { turn -> MethodVerdict? in
        guard clock.permitsAnother else { return nil }
        return trials.verdict(on: tried[turn], rows: count, isAsked: true)
      }
    }
    // Fitting learns from all rows, where trials had four fifths of theirs.
    let boosted = clock.affordable(
      outcomes.map { outcome in
        outcome.flatMap { $0.isBoosted ? ($0.gain, $0.seconds) : nil }
      }, growth: Double(rowCount) / (0.8 * Double(count)))
    var choices = Dictionary(
      uniqueKeysWithValues: learned.map {
        ($0.variable, ChosenMethods.Choice(method: TreeSynthesizer.method))
      })
    for (turn, step) in tried.enumerated() {
      let isBoosted = boosted.contains(turn)
      var reason: String?
      if let verdict = outcomes[turn] {
        reason = verdict.reason
        if verdict.isBoosted, !isBoosted {
          reason = reason.map { "\($0); there is no time to boost it" }
        }
      } else {
        reason = "there was no time to try methods"
      }
      choices[step.variable] = .init(
        method: isBoosted ? TreeSynthesizer.boostingMethod : TreeSynthesizer.method, reason: reason,
        predictors: outcomes[turn]?.isWidened == true ? trials.permitted(step) : nil)
    }
    let note =
      "of \(learned.count) learned variables, \(boosted.count) are boosted and the others have one tree "
      + "each, as rows that neither had learned from were foretold"
    return ChosenMethods(
      choices: choices,
      note: seconds == nil ? note : note + ", and as far as the time allows")
  }
}
