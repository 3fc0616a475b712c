// SPDX-License-Identifier: Apache-2.0
import Synthesis
import Tables

/// One drawn variable: its bins, and what must hold of its values whatever is drawn.
struct JointVariable: Hashable, Sendable {
  /// The variable's name.
  var name: String
  /// What its bins stand for.
  var layout: VariableLayout
  /// The variables whose value this one's is never below, by place.
  var lowerLimits: [Int] = []
  /// The variables whose value this one's is never above, by place.
  var upperLimits: [Int] = []
  /// Where another variable decides whether this one is missing.
  var missingRoute: MissingRoute?

  /// Whether a drawn value may be drawn again because of another variable's.
  var isLimited: Bool { !lowerLimits.isEmpty || !upperLimits.isEmpty }

  /// The variables that must be drawn before.
  var sources: [Int] { lowerLimits + upperLimits + (missingRoute.map { [$0.source] } ?? []) }
}

extension JointVariable {
  /// The variables of a plan's drawn steps, in its order.
  ///
  /// - Throws: `DataError` if a step names what the table has not, or what is not visited before it.
  static func list(
    _ steps: [PlanStep], binned table: BinnedTable
  ) throws(DataError) -> (variables: [JointVariable], binned: [BinnedVariable]) {
    var variables: [JointVariable] = []
    var binned: [BinnedVariable] = []
    var places: [String: Int] = [:]
    for step in steps {
      guard let own = table.variable(named: step.variable) else {
        throw DataError(
          "the plan names a variable that the table does not have", column: step.variable,
          remedy: "Take the step out of the plan, or add the column.")
      }
      for name in step.predictors + step.constraints.map(\.variable) where places[name] == nil {
        throw DataError(
          "the plan ties a variable to \"\(name)\", which is not visited before it",
          column: step.variable, remedy: "Move the step of \"\(name)\" up, or leave it out.")
      }
      var variable = JointVariable(name: step.variable, layout: own.layout)
      for constraint in step.constraints {
        guard let place = places[constraint.variable] else { continue }
        switch constraint {
        case .atLeast: variable.lowerLimits.append(place)
        case .atMost: variable.upperLimits.append(place)
        case .missingFollows:
          variable.missingRoute = MissingRoute(of: own, by: binned[place], at: place)
        }
      }
      places[step.variable] = binned.count
      variables.append(variable)
      binned.append(own)
    }
    return (variables, binned)
  }
}

extension BinnedVariable {
  /// The number of rows in each bin.
  var margin: [Double] {
    var margin = [Double](repeating: 0, count: max(1, layout.binCount))
    for code in codes { margin[Int(code)] += 1 }
    return margin
  }
}
