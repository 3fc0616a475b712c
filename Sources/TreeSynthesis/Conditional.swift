// SPDX-License-Identifier: Apache-2.0
import Learners

/// The distribution of a variable's bins given those of its predictors.
enum Conditional: Hashable, Sendable {
  /// One tree, with the distribution in its leaves.
  case tree(ConditionalTree)
  /// Boosted trees at each cut of a hierarchy of bins.
  case hierarchy(BoostedHierarchy)

  /// The predictors that are asked, by their place among the variable's.
  var asked: Set<Int> {
    switch self {
    case .tree(let tree): Set(tree.predictors.filter { $0 >= 0 }.map { Int($0) })
    case .hierarchy(let fitted):
      Set(fitted.splits.flatMap { $0.ensembles.flatMap { $0.asked.map { Int($0) } } })
    }
  }

  /// What it holds, in words.
  var words: String {
    switch self {
    case .tree(let tree): "\(tree.leafCount) leaves"
    case .hierarchy(let fitted):
      "\(fitted.splits.count) cuts of its bins with \(fitted.treeCount) boosted trees"
    }
  }
}

extension FittedVariable {
  /// The variable with corrections that keep its margin.
  ///
  /// - Parameter factors: For a tree, by how much each bin's weight is multiplied; for a hierarchy, by
  ///   how much the log-odds of each cut are raised. Empty where nothing is.
  func corrected(by factors: [Double]) -> FittedVariable {
    var variable = self
    switch conditional {
    case .tree: variable.binFactors = factors
    case .hierarchy(let hierarchy):
      variable.conditional = .hierarchy(hierarchy.shifted(by: factors))
    }
    return variable
  }
}

extension BoostedHierarchy {
  /// The hierarchy with the log-odds of each cut raised; as it is where there are no numbers.
  func shifted(by shifts: [Double]) -> BoostedHierarchy {
    var shifted = self
    for (place, shift) in shifts.enumerated() {
      shifted.splits[place].base += Int32((shift * BoostedSplit.unit).rounded())
    }
    return shifted
  }
}
