// SPDX-License-Identifier: Apache-2.0

/// Trees on samples of the rows, whose mean is the distribution of a target's bins given predictors.
public struct RandomForest: Hashable, Sendable {
  /// The trees; all of them order the bins of predictors alike.
  public let trees: [ConditionalTree]

  /// Creates a forest.
  ///
  /// - Returns: `nil` unless there are trees, and all of them order bins alike.
  public init?(trees: [ConditionalTree]) {
    guard let first = trees.first, trees.allSatisfy({ $0.positions == first.positions }) else {
      return nil
    }
    self.trees = trees
  }

  /// The share of each bin in some rows, the mean of all trees.
  ///
  /// - Parameters:
  ///   - rows: The rows.
  ///   - predictors: The predictors, in the order in which the forest learned them.
  /// - Returns: `binCount` shares a row, row after row.
  public func shares(_ rows: [Int32], _ predictors: [TreePredictor], binCount: Int) -> [Double] {
    var shares = [Double](repeating: 0, count: rows.count * binCount)
    for tree in trees {
      for (place, row) in rows.enumerated() {
        var node = 0
        while tree.predictors[node] >= 0 {
          let predictor = Int(tree.predictors[node])
          let bin = Int(predictors[predictor].codes[Int(row)])
          let order = tree.positions[predictor]
          let position = order.isEmpty ? UInt8(bin) : order[bin]
          node = Int(tree.links[node]) + (position <= tree.thresholds[node] ? 0 : 1)
        }
        let leaf = Int(tree.links[node])
        let scale = 1 / (tree.weight(ofLeaf: leaf) * Double(trees.count))
        var before = 0.0
        for index in Int(tree.leafStarts[leaf])..<Int(tree.leafStarts[leaf + 1]) {
          shares[place * binCount + Int(tree.bins[index])] +=
            (tree.cumulativeWeights[index] - before) * scale
          before = tree.cumulativeWeights[index]
        }
      }
    }
    return shares
  }
}
