// SPDX-License-Identifier: Apache-2.0
public import Evaluation
public import Synthesis

/// Finds the level of a plan on the ONS spectrum.
public enum FidelityLevels {
  /// The most predictors of any variable below "detailed".
  static let fewPredictors = 2

  /// The level, by what the plan may learn and not by how well it turned out.
  public static func level(of plan: Plan) -> FidelityLevel {
    if plan.partial != nil { return .replica }
    let most = plan.steps.map(\.predictors.count).max() ?? 0
    if most > fewPredictors { return .multivariateDetailed }
    if most > 0 { return .multivariatePlausible }
    if plan.steps.contains(where: { $0.action == .learned }) { return .plausible }
    return plan.steps.allSatisfy { $0.action == .replaced } ? .structural : .valid
  }
}
