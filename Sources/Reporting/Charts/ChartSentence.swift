// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// What a chart shows, in one sentence for those who do not see it or do not read charts.
enum ChartSentence {
  /// The distances of all variables.
  static func variables(_ report: FidelityReport) -> String {
    let measured = report.columns.filter { $0.distance.value != nil }
    guard
      let worst = measured.max(by: { ($0.distance.value ?? 0) < ($1.distance.value ?? 0) })
    else { return "No variable could be compared." }
    return counted(
      measured.map(\.distance), one: "variable lies", many: "variables lie",
      farthest: "\(worst.name) (\(Figure.percent(ofShare: worst.distance.value ?? 0)))")
  }

  /// The errors of all pairs.
  static func pairs(_ report: FidelityReport) -> String {
    let names = report.columns.map(\.name)
    let measured = report.pairs.filter {
      $0.error.value != nil && names.indices.contains($0.first) && names.indices.contains($0.second)
    }
    guard let worst = measured.max(by: { ($0.error.value ?? 0) < ($1.error.value ?? 0) }) else {
      return "No pair could be compared."
    }
    let error = Figure.percent(ofShare: worst.error.value ?? 0)
    return counted(
      measured.map(\.error), one: "pair lies", many: "pairs lie",
      farthest: "\(names[worst.first]) with \(names[worst.second]) (\(error))")
  }

  private static func counted(
    _ scores: [Score], one: String, many: String, farthest: String
  ) -> String {
    let judged = scores.filter { $0.limit != nil }
    guard !judged.isEmpty else { return "Farthest off is \(farthest)." }
    let within = judged.count { ScoreText($0, unit: .share).isOver == false }
    return "\(Figure.count(within)) of \(Figure.count(judged.count)) "
      + "\(judged.count == 1 ? one : many) within what chance explains; farthest off is \(farthest)."
  }
}
