// SPDX-License-Identifier: Apache-2.0
import Learners
import Synthesis

/// One learned variable: its bins, and the tree that gives their distribution.
struct FittedVariable: Hashable, Sendable {
  /// The variable's name.
  var name: String
  /// What its bins stand for.
  var layout: VariableLayout
  /// The fitted variables its tree asks, by their place in the visit order.
  var predictors: [Int]
  /// The distribution of its bins.
  var tree: ConditionalTree
  /// Where levels are grouped, the distribution of the levels within each group.
  var groupTrees: [ConditionalTree]
}
