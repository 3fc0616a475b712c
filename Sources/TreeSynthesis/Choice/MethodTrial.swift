// SPDX-License-Identifier: Apache-2.0
import Learners

/// How well one tree and boosted trees foretell a variable's bins in rows that neither learned from.
///
/// The score of a row is the sum over bins of the squared difference of what was foretold and what is: of
/// cumulative shares where bins lie on a scale (the ranked probability score), which knows that neighbours
/// are nearly right, and of shares elsewhere (Brier's). Both are proper, and finite where a bin was not
/// foretold at all.
///
/// ## Source
/// Epstein, "A scoring system for probability forecasts of ranked categories", Journal of Applied
/// Meteorology 8 (1969) 985–987; Brier, "Verification of forecasts expressed in terms of probability",
/// Monthly Weather Review 78 (1950) 1–3; Gneiting and Raftery, "Strictly proper scoring rules, prediction,
/// and estimation", JASA 102 (2007) 359–378, sections 3.1 and 4.2.
struct MethodTrial {
  /// The mean score of the bins' own shares, whatever the predictors say.
  let marginScore: Double
  /// The mean score of one tree.
  let treeScore: Double
  /// The mean score of boosted trees.
  let boostedScore: Double
  /// The standard error of the difference of both, row by row.
  let standardError: Double
  /// The scores of each row.
  let scores: (tree: [Double], boosted: [Double])
  /// The seconds that boosting took.
  let boostingSeconds: Double
  /// What was fitted.
  let fitted: (tree: ConditionalTree, boosted: BoostedHierarchy)
  private let predictors: [TreePredictor]
  private let binCount: Int

  /// Whether boosted trees are better by more than the difference's standard error.
  var prefersBoosting: Bool { treeScore - boostedScore > standardError }

  /// Whether neither is better by more than that.
  var isUndecided: Bool { !prefersBoosting && treeScore - boostedScore >= -standardError }

  /// What the tree, or boosted trees, foretell for rows: the share of each bin, row by row.
  func foretold(_ rows: [Int], isBoosted: Bool) -> [[Double]] {
    let asked = AskedRows(predictors, rows: rows)
    return isBoosted
      ? asked.distributions(of: fitted.boosted, binCount: binCount)
      : asked.distributions(of: fitted.tree, binCount: binCount)
  }

  /// How much more of the score boosted trees explain.
  var gain: Double { marginScore > 0 ? (treeScore - boostedScore) / marginScore : 0 }

  /// Fits both.
  ///
  /// - Parameters:
  ///   - rows: The rows to learn from.
  ///   - others: The rows to foretell; at least two.
  init(
    of target: TreeTarget, on predictors: [TreePredictor], rows: [Int32], others: [Int],
    grower: TreeGrower, boosting: HierarchyOptions
  ) {
    precondition(others.count >= 2, "a standard error needs two rows")
    let tree = grower.tree(of: target, on: predictors, rows: rows)
    let start = ContinuousClock.now
    let hierarchy = HierarchyGrower(options: boosting)
      .hierarchy(of: target, on: predictors, rows: rows)
    boostingSeconds = ChoiceClock.seconds(start.duration(to: .now))
    fitted = (tree, hierarchy)
    self.predictors = predictors
    binCount = target.binCount
    var margin = [Double](repeating: 0, count: target.binCount)
    for row in rows { margin[Int(target.codes[Int(row)])] += 1 / Double(rows.count) }
    let asked = AskedRows(predictors, rows: others)
    let trees = asked.distributions(of: tree, binCount: target.binCount)
    let boosted = asked.distributions(of: hierarchy, binCount: target.binCount)
    func score(_ distribution: [Double], _ bin: Int) -> Double {
      Self.score(distribution, bin, isOrdered: target.isOrdered)
    }
    var (plain, single, many) = (0.0, [Double](), [Double]())
    for (place, row) in others.enumerated() {
      let bin = Int(target.codes[row])
      plain += score(margin, bin)
      single.append(score(trees[place], bin))
      many.append(score(boosted[place], bin))
    }
    let count = Double(others.count)
    marginScore = plain / count
    treeScore = single.reduce(0, +) / count
    boostedScore = many.reduce(0, +) / count
    standardError = Self.standardError(of: single, less: many)
    scores = (single, many)
  }

  /// The standard error of the mean difference of two rows' scores.
  static func standardError(of first: [Double], less second: [Double]) -> Double {
    let count = Double(first.count)
    let differences = zip(first, second).map { $0 - $1 }
    let mean = differences.reduce(0, +) / count
    let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / (count - 1) / count).squareRoot()
  }

  /// The score of a bin under a distribution.
  static func score(_ distribution: [Double], _ bin: Int, isOrdered: Bool) -> Double {
    var (sum, below) = (0.0, 0.0)
    for (place, share) in distribution.enumerated() {
      below = isOrdered ? below + share : share
      let actual = isOrdered ? place >= bin : place == bin
      let difference = below - (actual ? 1 : 0)
      sum += difference * difference
    }
    return sum
  }
}
