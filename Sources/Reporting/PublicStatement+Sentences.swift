// SPDX-License-Identifier: Apache-2.0
import Evaluation

extension PublicStatement {
  /// The figures of the whole table as sentences, for a page of plain text; empty if none was measured.
  public var sentences: [String] {
    guard let fidelity else { return [] }
    var lines = [
      sentence(
        "Each variable's own distribution differs by", fidelity.shapeErrorPercent, .percent,
        "on average"),
      sentence(
        "Relationships of two variables differ by", fidelity.trendErrorPercent, .percent,
        "on average"),
      sentence(
        "Patterns of missing cells differ in", fidelity.missingPatterns, .share, "of the rows"),
    ]
    if let disclosure {
      lines.append(
        sentence(
          "Rows that equal a real row:", disclosure.exactMatches, .share, "of the synthetic rows"))
    }
    return lines.compactMap { $0 }
  }

  private func sentence(
    _ start: String, _ score: Score, _ unit: ScoreText.Unit, _ end: String
  ) -> String? {
    guard score.value != nil else { return nil }
    let text = ScoreText(score, unit: unit)
    let beside = score.reference == nil ? "" : " (real rows: \(text.reference))"
    return "\(start) \(text.value) \(end)\(beside)."
  }
}
