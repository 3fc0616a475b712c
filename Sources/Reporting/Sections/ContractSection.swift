// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// What was promised, clause by clause, and how each promise ended.
struct ContractSection {
  let report: ContractReport
  /// Whether a model made the data, and there is no real table.
  var isSimulated = false

  var html: HTML {
    let kept = report.clauses.count { $0.outcome == .kept }
    let broken = report.broken.count
    let open = report.clauses.count { $0.outcome == .notComputable }
    let source =
      report.isDefault
      ? "No contract was given, so that of the purpose “\(report.purpose)” was in force."
      : isSimulated
        ? "The contract that was given was in force (purpose “\(report.purpose)”)."
        : "The contract that was given was in force; what it leaves open is the purpose’s (“\(report.purpose)”)."
    let repairs = report.repairs.map { HTML("<li>\($0)</li>") }
    let mended: HTML = repairs.isEmpty ? .empty : "<h3>Tried to mend it</h3><ul>\(repairs)</ul>"
    let level: HTML =
      isSimulated
      ? "There is no real table: what needs one is not computable."
      : """
      The plan allows the level “\(report.level.name)” of the ONS spectrum; the disclosure risk that ONS \
      names for it: \(report.level.risk).
      """
    // What is broken is read first.
    let order: [ClauseResult.Outcome] = [.broken, .notComputable, .kept]
    let rows = order.flatMap { outcome in report.clauses.filter { $0.outcome == outcome } }.map(row)
    let details: HTML = broken > 0 || report.clauses.count <= 40 ? " open" : ""
    let realHead: HTML = isSimulated ? .empty : "<th class=\"n\">Real rows</th>"
    return """
      <h2 id="contract">What was promised</h2>
      <p>\(source) \(kept) clauses are kept, \(broken) broken, \(open) not computable. \
      \(level)</p>\(mended)
      <details\(details)><summary>The \(report.clauses.count) clauses</summary>
      <div class="scroll"><table><thead><tr><th>Clause</th><th>Ended</th><th>Figure</th>\
      <th class="n">Value</th><th class="n">Limit</th>\(realHead)<th>Note</th></tr></thead>\
      <tbody>\(rows)</tbody></table></div></details>
      """
  }

  private func row(_ clause: ClauseResult) -> HTML {
    let place = clause.line.map { " (line \($0))" } ?? ""
    let outcome: HTML =
      clause.outcome == .broken ? "<strong>broken</strong>" : "\(clause.outcome.rawValue)"
    let real: HTML =
      isSimulated
      ? .empty : "<td class=\"n\">\(clause.reference.map(Figure.short) ?? "–")</td>"
    let limit =
      clause.limit.map { (clause.isFloor ? "at least " : "at most ") + Figure.short($0) } ?? "–"
    return """
      <tr><td class="name">\(clause.clause)\(place)</td><td>\(outcome)</td><td>\(clause.measure ?? "–")</td>\
      <td class="n">\(clause.figure.map(Figure.short) ?? "–")</td><td class="n">\(limit)</td>\
      \(real)<td>\(clause.note ?? "")</td></tr>
      """
  }
}
