// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// A score in words: the figure, its reference, and how the two compare.
struct ScoreText {
  enum Unit {
    /// The figure is a bare number.
    case number
    /// The figure is in per cent already.
    case percent
    /// The figure is a share of 0...1, shown in per cent.
    case share
  }

  private let score: Score
  private let unit: Unit

  init(_ score: Score, unit: Unit) {
    self.score = score
    self.unit = unit
  }

  var value: String { text(score.value) ?? "not computable" }
  var reference: String { text(score.reference) ?? "–" }
  var limit: String { text(score.limit) ?? "–" }

  /// The figure's 95 % interval; `nil` where it has none.
  var interval: String? {
    guard let lower = text(score.lower), let upper = text(score.upper) else { return nil }
    return "\(lower) to \(upper)"
  }

  /// Whether the figure is worse than chance explains; `nil` where there is nothing to compare with.
  var isOver: Bool? {
    guard let value = score.value, let limit = score.limit else { return nil }
    return value > limit
  }

  /// The reference, and whether the figure is worse than chance explains.
  var verdict: HTML {
    guard score.value != nil, score.reference != nil || score.limit != nil else { return .empty }
    let beside: HTML =
      "<p>Real rows: \(reference)\(score.limit == nil ? "" : ", up to \(limit) by chance")</p>"
    switch isOver {
    case .none: return beside
    case .some(true): return "\(beside)<p class=\"bad\">worse than chance explains</p>"
    case .some(false): return "\(beside)<p class=\"ok\">within what chance explains</p>"
    }
  }

  private func text(_ value: Double?) -> String? {
    guard let value else { return nil }
    return switch unit {
    case .number: Figure.short(value)
    case .percent: Figure.percent(value)
    case .share: Figure.percent(ofShare: value)
    }
  }
}
