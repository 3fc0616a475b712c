// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// How well someone with the synthetic rows tells who was learned from.
struct MembershipSection {
  let result: MembershipReport

  var html: HTML {
    guard !result.attacks.isEmpty else { return .empty }
    var rows: HTML = ""
    for attack in result.attacks {
      rows += """
        <tr><td><strong>\(attack.name)</strong><br><span class="quiet">\
        \(attack.isOnVulnerable ? "records far from all others" : "all records")</span></td>\
        <td class="n">\(Figure.count(attack.memberCount)) / \(Figure.count(attack.otherCount))</td>\
        \(cell(attack.area, .number))\(cell(attack.atOnePercent, .share))\
        \(cell(attack.atOneInThousand, .share))</tr>
        """
    }
    let reading = Reading(
      means: "an area above 0.5, or more members found than the false alarms allowed, says that "
        + "members leave a trace",
      meansNot: "that members cannot be told where these two attacks fail")
    return """
      <h3>Membership</h3>
      \(reading.html)
      <div class="scroll"><table><thead><tr><th>Attack</th><th class="n">Members / others</th>\
      <th class="n">Area under the curve</th><th class="n">Found at 1 % false alarms</th>\
      <th class="n">Found at 0.1 %</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  private func cell(_ score: Score, _ unit: ScoreText.Unit) -> HTML {
    let text = ScoreText(score, unit: unit)
    let words = text.interval ?? score.reason
    let beside: HTML = words.map { "<br><span class=\"quiet\">\($0)</span>" } ?? ""
    return "<td class=\"n\(text.isOver == true ? " over" : "")\">\(text.value)\(beside)</td>"
  }
}
