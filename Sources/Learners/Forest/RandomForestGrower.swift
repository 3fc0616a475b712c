// SPDX-License-Identifier: Apache-2.0
import Dispatch
public import Randomness
import Tables

/// Grows a random forest whose trees hold whole conditional distributions.
///
/// Splits gain in the likelihood of the target's own bins, so that a forest of a target on a scale learns
/// its shape and not only its mean.
///
/// ## Source
/// Breiman, "Random forests", Machine Learning 45 (2001) 5–32; Malley, Kruppa, Dasgupta, Malley and
/// Ziegler, "Probability machines", Methods of Information in Medicine 51 (2012) 74–81, for shares in
/// leaves; Strobl, Boulesteix, Zeileis and Hothorn, "Bias in random forest variable importance
/// measures", BMC Bioinformatics 8 (2007) 25, for samples without replacement.
public struct RandomForestGrower: Sendable {
  /// How trees grow.
  public var options: ForestOptions

  /// Creates a grower.
  public init(options: ForestOptions = ForestOptions()) { self.options = options }

  /// Returns the forest of a target given predictors.
  ///
  /// - Parameters:
  ///   - target: The target, *n* rows.
  ///   - predictors: The predictors, *n* rows each; none gives a single leaf in a single tree.
  ///   - rows: The rows to learn from; at least one.
  ///   - stream: Draws rows and predictors; tree *t* is its entity *t*.
  ///   - threads: How many threads may work; they change nothing.
  public func forest(
    of target: TreeTarget, on predictors: [TreePredictor], rows: [Int32], using stream: StreamKey,
    threads: Int = 1
  ) -> RandomForest {
    precondition(!rows.isEmpty, "a forest needs rows")
    let weights = UnitWeights(rowCount: rows.count)
    let positions = TreeGrowth<UnitWeights>.Positions(
      of: predictors, for: target, rows: rows, weights: weights)
    let root = Int(Double(predictors.count).squareRoot().rounded())
    let asked = max(1, options.predictorsPerSplit ?? root)
    let size = min(
      rows.count, max(1, Int((Double(rows.count) * options.rowShare).rounded())))
    // A sample too small for two leaves would waste what all rows can tell.
    let canSplit = !predictors.isEmpty && Double(size) >= 2 * options.trees.minimumLeafWeight
    let count = canSplit ? max(1, options.treeCount) : 1
    let trees = ChunkedWork(count: count, threads: threads, chunkSize: 1).map { places in
      places.map { place in
        var draws = stream.stream(entity: UInt64(place))
        let sample =
          canSplit && size < rows.count
          ? Draws.sample(size, of: rows.count, using: &draws).sorted().map { rows[$0] } : rows
        var growth = TreeGrowth(
          target: target, positions: positions, rows: sample, weights: weights,
          options: options.trees, sampling: PredictorSampling(count: asked, stream: draws))
        return growth.run()
      }
    }
    guard let forest = RandomForest(trees: trees) else {
      preconditionFailure("the trees of a forest order bins alike")
    }
    return forest
  }
}
