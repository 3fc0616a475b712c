// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// What was done about the rows that indicate real records, with the figures before and after.
struct RemedySection {
  let report: RemedyReport

  var html: HTML {
    """
    <h3>What was done about rows that indicate a real record</h3>
    <p>The remedy asked for is <strong>\(report.remedy)</strong>: \(words). \(counts)</p>
    \(kinds)\(changes)
    <p class="quiet">Combinations of two or three columns are measured and not acted on row by row: nearly \
    every row of most tables holds a rare one. Of declared keys, rows are acted on whose keys, all together, \
    are alone in both tables.</p>
    <p>\(warning)</p>
    """
  }

  private var words: String {
    switch report.remedy {
    case "regenerate": "rows that indicate a real record were drawn again from the same generator"
    case "coarsen":
      "the cells concerned were made coarser; where a cell must not be changed alone, the row was drawn again"
    case "blur":
      "the cells concerned were moved by noise; where a cell must not be changed alone, the row was drawn again"
    case "suppress": "the rows were left out"
    default: report.remedy
    }
  }

  private var counts: String {
    let parts = [
      (report.redrawnRowCount, "drawn again"), (report.editedRowCount, "edited"),
      (report.droppedRowCount, "left out"),
    ].filter { $0.0 > 0 }.map { "\(Figure.count($0.0)) row\($0.0 == 1 ? "" : "s") \($0.1)" }
    let done = parts.isEmpty ? "No row had to be changed" : parts.joined(separator: ", ")
    return "\(done); \(Figure.count(report.remainingRowCount)) still named after all tries."
  }

  private var kinds: HTML {
    let rows = report.kinds.map { kind -> HTML in
      """
      <tr><td class="name">\(kind.kind.rawValue)</td><td class="n">\(Figure.count(kind.before))</td>\
      <td class="n">\(Figure.count(kind.after))</td></tr>
      """
    }
    return """
      <div class="scroll"><table><thead><tr><th>Rows named</th><th class="n">As drawn</th>\
      <th class="n">Released</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  private var changes: HTML {
    guard !report.changes.isEmpty else { return .empty }
    let rows = report.changes.map { change -> HTML in
      let unit: ScoreText.Unit = change.isPercent ? .percent : .share
      let after = ScoreText(change.after, unit: unit)
      return """
        <tr><td class="name">\(change.name)</td>\
        <td class="n">\(ScoreText(change.before, unit: unit).value)</td>\
        <td class="n\(after.isOver == true ? " over" : "")">\(after.value)</td>\
        <td class="n">\(after.reference)</td><td class="n">\(after.limit)</td></tr>
        """
    }
    return """
      <div class="scroll"><table><thead><tr><th>Figure</th><th class="n">As drawn</th>\
      <th class="n">Released</th><th class="n">Real rows</th><th class="n">95 % point</th></tr></thead>\
      <tbody>\(rows)</tbody></table></div>
      """
  }

  private var warning: String {
    report.remedy == "suppress"
      ? "Leaving rows out can itself reveal: who knows what the generator would have made sees the gap, and "
        + "the number of rows tells that there was one. Drawing again (regenerate) leaves no gap; prefer it."
      : "Rows that never meet a real one are not what chance would make: the absence of a value can tell of a "
        + "real record too. Which rows were changed stands in the owner’s manifest only."
  }
}
