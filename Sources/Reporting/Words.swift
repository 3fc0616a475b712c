// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// Sentences that reports share.
enum Words {
  /// What figures cannot say.
  static let remains = [
    "Figures of distance raise an alarm where rows were copied; they prove nothing where they raise none.",
    "What is true of a whole population can still be inferred from these data, as it can from the real ones.",
    "Several synthetic versions of one source, or tables published besides, add up.",
    "A bias of the real data is a bias of the synthetic data.",
  ]

  /// What stands in for fresh real rows.
  static func reference(_ kind: ReferenceKind) -> String {
    switch kind {
    case .bootstrap: "the real rows themselves, drawn again with replacement"
    case .holdout: "real rows that the generator never saw"
    case .halves:
      "two twins of the generator, each fitted on a random half of the real rows and judged against "
        + "the other half"
    }
  }

  /// What an error of a measure is, for a reader who knows no statistics.
  static func measure(_ name: String) -> String {
    switch name {
    case "ks": "the largest gap between the two cumulative curves (Kolmogorov–Smirnov)"
    case "tv": "the share of rows that would have to change level (total variation)"
    case "correlation": "half the difference of the two correlations"
    case "contingency": "the share of rows that would have to change cell in the cross table"
    default: name
    }
  }
}
