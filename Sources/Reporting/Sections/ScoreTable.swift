// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// Figures one below another, each beside what is expected and the reason where there is none.
struct ScoreTable {
  struct Line {
    var title: String
    var score: Score
    var unit = ScoreText.Unit.number
    /// Whether more is worse, so that a figure beyond its 95 % point is marked.
    var isMoreWorse = true
    /// What the figure is, for a reader who knows no statistics.
    var means: String?
  }

  let lines: [Line]

  var html: HTML {
    // A column of dashes says nothing.
    let hasIntervals = lines.contains { ScoreText($0.score, unit: $0.unit).interval != nil }
    var rows: HTML = ""
    // What holds for several lines is said once.
    var said: Set<String> = []
    for line in lines {
      let text = ScoreText(line.score, unit: line.unit)
      let words = [line.means, line.score.reason, line.score.note].compactMap { $0 }
        .filter { said.insert($0).inserted }.joined(separator: "; ")
      let beside: HTML = words.isEmpty ? "" : "<br><span class=\"quiet\">\(words)</span>"
      let isOver = line.isMoreWorse && text.isOver == true
      rows += """
        <tr><td><strong>\(line.title)</strong>\(beside)</td>\
        <td class="n\(isOver ? " over" : "")">\(text.value)</td>\
        \(hasIntervals ? "<td class=\"n\">\(text.interval ?? "–")</td>" : HTML.empty)\
        <td class="n">\(text.reference)</td><td class="n">\(text.limit)</td></tr>
        """
    }
    return """
      <div class="scroll"><table><thead><tr><th>Measure</th><th class="n">Figure</th>\
      \(hasIntervals ? "<th class=\"n\">95 % interval</th>" : HTML.empty)\
      <th class="n">Null or real rows</th><th class="n">95 % point</th></tr></thead>\
      <tbody>\(rows)</tbody></table></div>
      """
  }
}
