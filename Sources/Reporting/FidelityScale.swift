// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// The scale of fidelity that stands on every output.
///
/// ## Source
/// Bates, Špakulová, Dove & Mealor, "ONS methodology working paper series number 16: Synthetic data
/// pilot" (2018): the spectrum from structural to replica.
enum FidelityScale {
  /// The levels in ascending order, with what each keeps.
  static let levels: [(name: String, keeps: String)] = [
    ("structural", "names, types and formats"),
    ("valid", "values that may occur, and rules"),
    ("univariate", "each variable's own distribution"),
    ("multivariate", "relationships between variables too"),
    ("replica", "nearly everything, details of small groups included"),
  ]

  /// The level that a plan aims at: multivariate once anything is learned from anything.
  static func aim(of plan: Plan) -> String {
    if plan.partial != nil { return "replica" }
    if plan.steps.contains(where: { !$0.predictors.isEmpty }) { return "multivariate" }
    return plan.steps.contains { $0.action == .learned } ? "univariate" : "valid"
  }
}
