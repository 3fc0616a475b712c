// SPDX-License-Identifier: Apache-2.0

/// The mean precision over all thresholds of a number that tells positive rows, weighted by how many of them each
/// threshold adds; of a rare class it says more than the area under the curve.
///
/// Also known as PR-AUC: Σ (Rₖ − Rₖ₋₁) Pₖ over the distinct values in falling order, with recalls R and
/// precisions P, as scikit-learn's `average_precision_score` has it.
///
/// ## Source
/// Davis and Goadrich, "The relationship between precision-recall and ROC curves", ICML 2006; Boyd, Eng and
/// Page, "Area under the precision-recall curve: point estimates and confidence intervals", ECML 2013.
public struct AveragePrecision: Sendable {
  private let order: [Int]
  private let isLastOfTies: [Bool]
  private let truths: [Bool]

  /// Sorts rows by what is said of them; `nil` if none is positive.
  public init?(_ scores: [Double], truths: [Bool]) {
    guard truths.contains(true) else { return nil }
    let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    self.order = order
    self.truths = truths
    isLastOfTies = order.indices.map {
      $0 + 1 == order.count || scores[order[$0 + 1]] != scores[order[$0]]
    }
  }

  /// The mean precision, 0...1; the share of positive rows where the number tells nothing.
  public var value: Double { value(weights: [Double](repeating: 1, count: truths.count)) }

  /// The mean precision where each row counts as many times as its weight says; 0 if none that is positive
  /// does.
  public func value(weights: [Double]) -> Double {
    let positive = truths.indices.reduce(0) { $0 + (truths[$1] ? weights[$1] : 0) }
    guard positive > 0 else { return 0 }
    var (all, hits, before, sum) = (0.0, 0.0, 0.0, 0.0)
    for (place, row) in order.enumerated() {
      all += weights[row]
      if truths[row] { hits += weights[row] }
      guard isLastOfTies[place], hits > before else { continue }
      sum += (hits - before) * hits / all
      before = hits
    }
    return sum / positive
  }
}
