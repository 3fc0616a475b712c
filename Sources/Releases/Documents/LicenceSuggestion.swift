// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Synthesis

/// Under which terms a release might be given away, with the reason; the decision is the owner's.
public struct LicenceSuggestion: Hashable, Sendable {
  /// The terms.
  public var terms: String
  /// Why.
  public var reason: String

  /// Suggests terms by what the generator was allowed to learn and what came out.
  public init(_ facts: ReleaseFacts) {
    if let licence = facts.description.licence {
      terms = licence
      reason = "The owner states it."
      return
    }
    guard !facts.mark.isPartial else {
      terms = "no open licence: the terms of the agreement for the real table"
      reason = "Real records are in it, some of whose values are generated."
      return
    }
    switch facts.contract.level {
    case .structural, .valid:
      terms = "CC0-1.0 or CC-BY-4.0"
      reason =
        "Nothing of real values was learned beyond formats and declared levels, so open terms are usual."
    case .plausible:
      terms = "CC-BY-4.0, once the four checks are done"
      reason =
        "Single distributions of real values were learned and no relationship; ONS asks for an "
        + "evaluation of disclosure case by case."
    case .multivariatePlausible, .multivariateDetailed, .replica:
      terms =
        "no open licence: the terms of the agreement for the real table, or milder ones under it"
      reason =
        "Relationships of real values were learned, for which ONS names a \(facts.contract.level.risk) "
        + "risk of disclosure; comparable files are given out under an agreement."
    }
  }

  /// What holds whatever the terms.
  public static let caution =
    "Check first whether the licence or agreement of the real table lets you pass on what was made from it."
}
