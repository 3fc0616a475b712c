// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// How a contract was kept, for the terminal and for `--json`.
enum ClauseLines {
  /// Prints how many clauses were kept, and each that is broken.
  static func print(_ report: ContractReport) {
    let kept = report.clauses.count { $0.outcome == .kept }
    let open = report.clauses.count { $0.outcome == .notComputable }
    var line = "Contract (\(report.purpose)): \(kept) clauses kept, \(report.broken.count) broken"
    if open > 0 { line += ", \(open) not computable" }
    Terminal.output(line)
    for repair in report.repairs { Terminal.output("  tried: \(repair)") }
    for clause in report.broken {
      var line = "  broken: \(clause.clause)"
      if let place = clause.line { line += " (line \(place))" }
      if let figure = clause.figure, let limit = clause.limit {
        line += ": \(clause.measure ?? "figure") \(rounded(figure)), limit \(rounded(limit))"
      }
      Terminal.output(line)
    }
  }

  /// Adds the counts and the broken clauses to a summary.
  static func add(_ report: ContractReport, to summary: inout JSONObject) {
    summary.add(
      "contract",
      .object(
        JSONObject([
          ("purpose", .text(report.purpose)), ("clauses", .number(Double(report.clauses.count))),
          ("kept", .number(Double(report.clauses.count { $0.outcome == .kept }))),
          ("level", .text(report.level.name)),
          ("broken", .list(report.broken.map { .text($0.clause) })),
        ])))
  }

  private static func rounded(_ value: Double) -> String {
    let units = (value * 10_000).rounded()
    guard units.magnitude < 1e15 else { return "\(value)" }
    return units == units.rounded(.down) && units.truncatingRemainder(dividingBy: 10_000) == 0
      ? String(Int(units / 10_000)) : String(units / 10_000)
  }
}
