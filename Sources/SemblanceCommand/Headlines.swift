// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Semblance

/// The figures to look at first, for the terminal and for `--json`.
enum Headlines {
  private static func list(
    _ measures: Measures
  ) -> [(name: String, words: String, score: Score, unit: String)] {
    [
      ("shapeErrorPercent", "variables differ by", measures.fidelity.shapeError, " %"),
      ("trendErrorPercent", "pairs differ by", measures.fidelity.trendError, " %"),
      ("missingPatterns", "missing patterns differ by", measures.fidelity.missingPatterns, ""),
      ("exactMatches", "rows equal to a real row", measures.disclosure.exactMatches, ""),
      ("uniqueMatches", "… to a unique one", measures.disclosure.uniqueMatches, ""),
      ("closerToTraining", "closer to learned rows", measures.disclosure.closerToTraining, ""),
      ("nearMatches", "outliers with a near row", measures.disclosure.nearMatches, ""),
    ]
  }

  /// Prints one line a figure, beside its reference.
  static func print(_ measures: Measures) {
    let alarms = measures.disclosure.copyAlarms ?? []
    if !alarms.isEmpty {
      Terminal.output("  ALARM: the table holds \(alarms.map(\.rawValue).joined(separator: ", "))")
    }
    for (_, words, score, unit) in list(measures) {
      let padded = words + String(repeating: " ", count: max(0, 28 - words.count))
      guard let value = score.value else {
        Terminal.output("  \(padded)not computable: \(score.reason ?? "no reason given")")
        continue
      }
      var line = "  \(padded)\(rounded(value))\(unit)"
      if let reference = score.reference { line += "  (real rows: \(rounded(reference))\(unit))" }
      Terminal.output(line)
    }
  }

  /// Adds the figures to a summary.
  static func add(_ measures: Measures, to summary: inout JSONObject) {
    summary.add(
      "copyAlarms", .list((measures.disclosure.copyAlarms ?? []).map { .text($0.rawValue) }))
    for (name, _, score, _) in list(measures) {
      summary.add(
        name,
        .object(
          JSONObject([
            ("value", .number(score.value)), ("reference", .number(score.reference)),
            ("limit", .number(score.limit)),
          ])))
    }
  }

  /// A number with four digits after the point at most.
  private static func rounded(_ value: Double) -> String {
    let units = Int((value * 10_000).rounded())
    guard units != 0 else { return value == 0 ? "0" : "under 0.0001" }
    return String(Double(units) / 10_000)
  }
}
