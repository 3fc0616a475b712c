// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
import Synthesis

/// Trials of the variables of a plan, on the same rows whatever the seed, so that a plan does not hang on it.
struct MethodTrials: Sendable {
  private let binned: BinnedTable
  private let mayWiden: Bool
  /// The learned variables in the order of the plan, and where each stands.
  private let order: [String]
  private let places: [String: Int]
  private let rowCount: Int
  private let grower: TreeGrower
  private let boosting: HierarchyOptions

  init(_ synthesizer: TreeSynthesizer, plan: Plan, binned: BinnedTable, mayWiden: Bool) {
    self.binned = binned
    self.mayWiden = mayWiden
    order = plan.steps.filter { $0.action == .learned }.map(\.variable)
    places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    rowCount = binned.variables.first?.codes.count ?? 0
    grower = TreeGrower(options: synthesizer.options(for: plan), rowCount: rowCount)
    boosting = synthesizer.boosting(for: plan)
  }

  /// All that a step may be learned from.
  func permitted(_ step: PlanStep) -> [String] {
    guard mayWiden, let place = places[step.variable] else { return step.predictors }
    return Array(order[..<place])
  }

  /// What a trial with some rows, four fifths of which are learned from, says of a step.
  ///
  /// - Parameter isAsked: Whether a classifier may be asked.
  func verdict(on step: PlanStep, rows count: Int, isAsked: Bool) -> MethodVerdict? {
    guard let own = binned.variable(named: step.variable) else { return nil }
    let key = RandomKey(seed: "choice of methods")
    var stream = key.stream("rows").stream(entity: 0)
    let drawn = Draws.sample(count, of: rowCount, using: &stream)
    let others = drawn.indices.filter { $0 % 5 == 4 }.map { drawn[$0] }
    let rows = drawn.indices.filter { $0 % 5 != 4 }.map { Int32(drawn[$0]) }
    let known = Set(drawn)
    let rest = (0..<rowCount).filter { !known.contains($0) }
    var another = key.stream("further rows").stream(entity: 0)
    let further = Draws.sample(
      min(rest.count, MethodVerdict.mostFurtherRows), of: rest.count, using: &another
    ).map { rest[$0] }
    func predictors(_ names: [String]) -> [TreePredictor] {
      names.compactMap { binned.variable(named: $0) }.map { TreePredictor($0) }
    }
    let target = TreeTarget(own)
    return MethodVerdict(
      of: target, on: predictors(step.predictors), permitted: predictors(permitted(step)),
      rows: others + further, isAsked: isAsked, key: key
    ) { predictors in
      MethodTrial(
        of: target, on: predictors, rows: rows, others: others, grower: grower, boosting: boosting)
    }
  }
}
