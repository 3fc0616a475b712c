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
  /// The seconds that boosting took.
  let boostingSeconds: Double
  /// What each fitted, in words.
  let words: (tree: String, boosted: String)

  /// Whether boosted trees are better by more than the difference's standard error.
  var prefersBoosting: Bool { treeScore - boostedScore > standardError }

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
    words = (Conditional.tree(tree).words, Conditional.hierarchy(hierarchy).words)
    var margin = [Double](repeating: 0, count: target.binCount)
    for row in rows { margin[Int(target.codes[Int(row)])] += 1 / Double(rows.count) }
    let asked = AskedRows(predictors, rows: others)
    let trees = asked.leaves(of: tree)
    let shares = (0..<tree.leafCount).map {
      tree.distribution(ofLeaf: $0, binCount: target.binCount)
    }
    let boosted = asked.distributions(of: hierarchy, binCount: target.binCount)
    func score(_ distribution: [Double], _ bin: Int) -> Double {
      Self.score(distribution, bin, isOrdered: target.isOrdered)
    }
    var (plain, single, many) = (0.0, [Double](), [Double]())
    for (place, row) in others.enumerated() {
      let bin = Int(target.codes[row])
      plain += score(margin, bin)
      single.append(score(shares[trees[place]], bin))
      many.append(score(boosted[place], bin))
    }
    let count = Double(others.count)
    let differences = zip(single, many).map { $0 - $1 }
    let mean = differences.reduce(0, +) / count
    let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    marginScore = plain / count
    treeScore = single.reduce(0, +) / count
    boostedScore = many.reduce(0, +) / count
    standardError = (squares / (count - 1) / count).squareRoot()
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

/// The bins of some rows' predictors, side by side.
private struct AskedRows {
  private let codes: [UInt8]
  private let columnCount: Int
  private let rowCount: Int

  init(_ predictors: [TreePredictor], rows: [Int]) {
    columnCount = predictors.count
    rowCount = rows.count
    codes = predictors.flatMap { predictor in rows.map { predictor.codes[$0] } }
  }

  private func withColumns<Result>(_ body: ([UnsafePointer<UInt8>]) -> Result) -> Result {
    // One byte more, so that there always is an address.
    (codes + [0]).withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { preconditionFailure("the list is not empty") }
      return body((0..<columnCount).map { base + $0 * rowCount })
    }
  }

  /// The leaf of each row.
  func leaves(of tree: ConditionalTree) -> [Int] {
    let walk = LeafWalk(tree)
    return withColumns { columns in (0..<rowCount).map { walk.leaf(of: columns, row: $0) } }
  }

  /// The foretold share of each bin, row by row.
  func distributions(of fitted: BoostedHierarchy, binCount: Int) -> [[Double]] {
    var result = [[Double]](
      repeating: [Double](repeating: 0, count: binCount), count: rowCount)
    let bins = fitted.hierarchy.bins
    guard !fitted.splits.isEmpty else {
      for row in 0..<rowCount { result[row][Int(bins[0])] = 1 }
      return result
    }
    let rows = (0..<Int32(rowCount)).map { $0 }
    // The share of each row that reaches each cut; cuts come before those of their parts.
    var reached = [[Double]](
      repeating: [], count: fitted.splits.count)
    reached[0] = [Double](repeating: 1, count: rowCount)
    for (cut, node) in fitted.hierarchy.nodes.enumerated() {
      let left = shares(fitted.splits[cut], rows)
      for row in 0..<rowCount {
        let share = reached[cut][row]
        if node.left < 0 { result[row][Int(bins[node.range.lowerBound])] = share * left[row] }
        if node.right < 0 { result[row][Int(bins[node.middle])] = share * (1 - left[row]) }
      }
      if node.left >= 0 { reached[node.left] = zip(reached[cut], left).map { $0 * $1 } }
      if node.right >= 0 { reached[node.right] = zip(reached[cut], left).map { $0 * (1 - $1) } }
      reached[cut] = []
    }
    return result
  }

  private func shares(_ split: BoostedSplit, _ rows: [Int32]) -> [Double] {
    guard !split.ensembles.isEmpty else {
      return [Double](
        repeating: BoostedSplit.probability(Int64(split.base)), count: rows.count)
    }
    var odds = [Int64](repeating: 0, count: rows.count)
    withColumns { columns in
      rows.withUnsafeBufferPointer { rows in
        odds.withUnsafeMutableBufferPointer { odds in
          guard let rows = rows.baseAddress, let odds = odds.baseAddress else { return }
          split.logOdds(columns: columns, rows: rows, count: rowCount, into: odds)
        }
      }
    }
    return odds.map { BoostedSplit.probability($0) }
  }
}

extension ConditionalTree {
  /// The share of each bin in a leaf.
  fileprivate func distribution(ofLeaf leaf: Int, binCount: Int) -> [Double] {
    var shares = [Double](repeating: 0, count: binCount)
    let total = weight(ofLeaf: leaf)
    var before = 0.0
    for index in Int(leafStarts[leaf])..<Int(leafStarts[leaf + 1]) {
      shares[Int(bins[index])] = (cumulativeWeights[index] - before) / total
      before = cumulativeWeights[index]
    }
    return shares
  }
}
