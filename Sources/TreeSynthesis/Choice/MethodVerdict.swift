// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness

/// What was found out about the methods for one variable, and which is taken.
///
/// Scores on rows kept apart come first. Where they cannot tell one tree from boosted trees, and where not all
/// permitted predictors are used, a classifier is asked what it still finds (``CellDisguise``): it may call for
/// boosting where it tells a tree's draws from real cells and those of boosted trees less, and for all predictors
/// where it tells both, if scores then are better.
struct MethodVerdict {
  /// By how many standard errors a classifier must do better than chance to be believed.
  static let credence = 3.0
  /// The most rows beyond those of the trial that the classifier is shown.
  static let mostFurtherRows = 6400

  /// Whether boosted trees are taken where there is time for them.
  let isBoosted: Bool
  /// How much more of the score they explain than one tree.
  let gain: Double
  /// Whether all permitted predictors are taken.
  let isWidened: Bool
  /// The seconds that boosting took.
  let seconds: Double
  /// What speaks for it, rounded, since the plan is published; `nil` where there is nothing to explain.
  let reason: String?

  /// Judges.
  ///
  /// - Parameters:
  ///   - target: The variable.
  ///   - predictors: What the plan learns it from.
  ///   - permitted: All that it may be learned from.
  ///   - trial: Tries both methods with some predictors.
  ///   - rows: Rows that the trial does not learn from; those of the scores are first.
  ///   - isAsked: Whether there is time to ask a classifier.
  init(
    of target: TreeTarget, on predictors: [TreePredictor], permitted: [TreePredictor],
    rows: [Int], isAsked: Bool, key: RandomKey, trial: ([TreePredictor]) -> MethodTrial
  ) {
    let first = trial(predictors)
    var (isBoosted, taken, isWidened) = (first.prefersBoosting, first, false)
    var seconds = first.boostingSeconds
    var found: [String] = []
    let isScreened = permitted.count > predictors.count
    if isAsked, first.isUndecided || isScreened, first.marginScore > 0 {
      func disguise(_ trial: MethodTrial, _ isBoosted: Bool) -> CellDisguise? {
        CellDisguise(
          of: target, beside: permitted, rows: rows,
          foretold: trial.foretold(rows, isBoosted: isBoosted), key: key)
      }
      var own = disguise(first, isBoosted)
      if first.isUndecided, let tree = own, tree.isFound, let boosted = disguise(first, true) {
        found.append(
          "a classifier tells drawn cells from real ones with an area of \(tree.words) after one tree, "
            + "\(boosted.words) after boosting")
        if tree.area - boosted.area > tree.standardError * 2.0.squareRoot() {
          (isBoosted, own) = (true, boosted)
        }
      }
      if isScreened, let own, own.isFound {
        let second = trial(permitted)
        seconds += second.boostingSeconds
        let before = isBoosted ? first.scores.boosted : first.scores.tree
        let isBetter = second.prefersBoosting
        let after = isBetter ? second.scores.boosted : second.scores.tree
        let gain = zip(before, after).reduce(0) { $0 + $1.0 - $1.1 } / Double(before.count)
        isWidened = gain > MethodTrial.standardError(of: before, less: after)
        found.append(
          "a classifier tells drawn cells from real ones with an area of \(own.words) by all "
            + "\(permitted.count) predictors, which \(isWidened ? "are" : "foretell no better and are not") "
            + "taken")
        if isWidened { (isBoosted, taken) = (isBetter, second) }
      }
    }
    self.isBoosted = isBoosted
    self.isWidened = isWidened
    self.seconds = seconds
    // A classifier's word counts as the least gain there is.
    gain = max(taken.gain, isBoosted ? 1e-6 : 0)
    reason = taken.reason.map { ([$0] + found).joined(separator: "; ") }
  }
}

extension CellDisguise {
  /// Whether the classifier does better than chance beyond doubt.
  fileprivate var isFound: Bool { area - 0.5 > MethodVerdict.credence * standardError }

  /// The area to three places.
  fileprivate var words: String { "\((area * 1000).rounded() / 1000)" }
}

extension MethodTrial {
  /// What the trial says.
  fileprivate var reason: String? {
    guard marginScore > 0 else { return nil }
    func percent(_ score: Double) -> String {
      "\(((1 - score / marginScore) * 1000).rounded() / 10) %"
    }
    let error = (standardError / marginScore * 1000).rounded() / 10
    let words = (Conditional.tree(fitted.tree).words, Conditional.hierarchy(fitted.boosted).words)
    return
      "of \(scores.tree.count) rows not learned from, one tree explains \(percent(treeScore)) (\(words.0)), "
      + "boosting \(percent(boostedScore)) (\(words.1)); standard error of the difference \(error) %"
  }
}
