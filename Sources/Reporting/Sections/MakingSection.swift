// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// How the table was made: the plan, variable by variable, with its reasons.
struct MakingSection {
  let making: ReportSubject.Making
  let audience: Audience

  var html: HTML {
    let holdings = Dictionary(
      making.holdings.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var rows: HTML = ""
    for (place, step) in making.plan.steps.enumerated() {
      let held: HTML =
        audience == .owner ? "<td>\(Self.words(holdings[step.variable]))</td>" : ""
      rows += """
        <tr><td class="n">\(place + 1)</td><td class="name">\(step.variable)</td>\
        <td>\(Self.words(step.action))</td><td class="n">\(step.predictors.count)</td>\
        <td>\(step.reasons.joined(separator: "; "))</td>\(held)</tr>
        """
    }
    let head: HTML = audience == .owner ? "<th>The generator holds</th>" : ""
    let notes = making.plan.notes.map { HTML("<li>\($0)</li>") }
    let holdsRows = making.holdings.contains { $0.holdsRows == true }
    let held: HTML =
      holdsRows
      ? "The generator holds the bins of single <strong>real rows</strong>."
      : "The generator holds statistics and no rows."
    let fewest: HTML =
      holdsRows
      ? "<li>A synthetic row is a real one, or lies between two real ones, but for places within bins.</li>"
      : "<li>A conditional distribution rests on \(making.plan.minimumLeafCount) real rows or more.</li>"
    let open: HTML = making.plan.steps.count <= 60 ? " open" : ""
    return """
      <h2 id="made">How it was made</h2>
      <p>Variables were visited one after another. Each learned one depends on some of those before it; \
      what follows exactly from others is computed, and identifiers and free text are made anew in their \
      pattern. \(held)</p>
      <ul>\(fewest)\
      <li>A level or a repeated value is shown only if \(making.plan.minimumLevelCount) real rows or more \
      share it; rarer ones are left out or blurred.</li>\
      <li>True extremes are not held: tails are drawn.</li>\(notes)</ul>
      <details\(open)><summary>The plan of \(making.plan.steps.count) variables</summary>
      <div class="scroll"><table><thead><tr><th class="n">#</th><th>Variable</th><th>Made</th>\
      <th class="n">Predictors</th><th>Why</th>\(head)</tr></thead><tbody>\(rows)</tbody></table></div></details>
      \(making.structure.map { DependenceSection(structure: $0).html } ?? .empty)
      <p class="quiet">Generator SHA-256 <span class="rows">\(making.generatorHash)</span></p>
      """
  }

  private static func words(_ action: PlanAction) -> String {
    switch action {
    case .learned: "learned"
    case .constant: "constant"
    case .regenerated: "made anew"
    case .derived: "computed"
    case .replaced: "replaced"
    }
  }

  private static func words(_ holding: ModelHolding?) -> String {
    guard let holding else { return "–" }
    let least = holding.leastSupport.map { "; each on \(Figure.short($0)) rows or more" } ?? ""
    return holding.holdings + least
  }
}
