// SPDX-License-Identifier: Apache-2.0
import Learners

/// The distribution of a variable's bins given those of its predictors.
enum Conditional: Sendable {
  /// One tree, with the distribution in its leaves.
  case tree(ConditionalTree)
  /// Boosted trees at each cut of a hierarchy of bins.
  case hierarchy(BoostedHierarchy)
  /// A distribution of a method of its own.
  case distribution(any BinDistribution)

  /// The predictors that are asked, by their place among the variable's.
  var asked: Set<Int> {
    switch self {
    case .tree(let tree): Set(tree.predictors.filter { $0 >= 0 }.map { Int($0) })
    case .hierarchy(let fitted):
      Set(fitted.splits.flatMap { $0.ensembles.flatMap { $0.asked.map { Int($0) } } })
    case .distribution(let fitted): fitted.asked
    }
  }

  /// Whether its margin is brought back to that of the table.
  var keepsMargins: Bool {
    if case .distribution(let fitted) = self { return fitted.keepsMargins }
    return true
  }

  /// What it holds, in words.
  var words: String {
    switch self {
    case .tree(let tree): "\(tree.leafCount) leaves"
    case .hierarchy(let fitted):
      "\(fitted.splits.count) cuts of its bins with \(fitted.treeCount) boosted trees"
    case .distribution(let fitted): fitted.words
    }
  }
}

extension FittedVariable {
  /// The variable with corrections that keep its margin.
  ///
  /// - Parameter factors: For a hierarchy, by how much the log-odds of each cut are raised; for all else,
  ///   by how much each bin's weight is multiplied. Empty where nothing is.
  func corrected(by factors: [Double]) -> FittedVariable {
    var variable = self
    switch conditional {
    case .tree, .distribution: variable.binFactors = factors
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
