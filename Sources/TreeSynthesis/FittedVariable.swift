// SPDX-License-Identifier: Apache-2.0
import Learners
import Synthesis

/// One learned variable: its bins, and what gives their distribution.
struct FittedVariable: Sendable {
  /// The variable's name.
  var name: String
  /// What its bins stand for.
  var layout: VariableLayout
  /// The fitted variables its distribution asks, by their place in the visit order.
  var predictors: [Int]
  /// The distribution of its bins.
  var conditional: Conditional
  /// Where levels are grouped, the distribution of the levels within each group.
  var groupTrees: [ConditionalTree]
  /// The fitted variables whose value this one's is never below.
  var lowerLimits: [Int]
  /// The fitted variables whose value this one's is never above.
  var upperLimits: [Int]
  /// Where another variable decides whether this one is missing.
  var missingRoute: MissingRoute?
  /// The cumulative weight of the bins of present values in the whole table.
  var presentWeights: [Double]
  /// By how much each bin's weight is multiplied in every leaf of a tree or in a
  /// distribution, so that margins do not drift; empty
  /// where nothing is.
  var binFactors: [Double] = []
}
