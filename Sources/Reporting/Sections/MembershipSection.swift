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
        \(cell(attack.atOneInThousand, .share))\(epsilon(attack.epsilonAtLeast))</tr>
        """
    }
    let reading = Reading(
      means: "an area above 0.5, or more members found than the false alarms allowed, says that "
        + "members leave a trace",
      meansNot: "that members cannot be told where these attacks fail")
    return """
      <h3>Membership</h3>
      \(reading.html)
      <div class="scroll"><table><thead><tr><th>Attack</th><th class="n">Members / others</th>\
      <th class="n">Area under the curve</th><th class="n">Found at 1 % false alarms</th>\
      <th class="n">Found at 0.1 %</th>\(hasBounds ? "<th class=\"n\">ε shown at least</th>" : HTML.empty)\
      </tr></thead><tbody>\(rows)</tbody></table></div>
      \(hasBounds ? Self.bounds : .empty)
      """
  }

  private var hasBounds: Bool { result.attacks.contains { $0.epsilonAtLeast != nil } }

  /// What the bounds are and are not.
  private static let bounds: HTML = """
    <p class="quiet">ε shown at least (95 % confidence): were the generator differentially private, its ε could not \
    be smaller than this, since the attack tells members from others too well. The odds of a guess about one \
    person’s membership may then change by a factor of e^ε or more. It is what these attacks show, never a \
    guarantee: 0 shows nothing, a better attack may show more, and a generator without differential privacy keeps \
    no ε at all. Neighbours are tables in which one row takes the place of another; the rows not learned from must \
    have been set aside by chance.</p>
    """

  private func epsilon(_ score: Score?) -> HTML {
    guard hasBounds else { return .empty }
    guard let score else { return "<td class=\"n\">–</td>" }
    let words = score.note ?? score.reason
    let beside: HTML = words.map { "<br><span class=\"quiet\">\($0)</span>" } ?? ""
    let value = score.value.map { Figure.fixed($0, 2) } ?? "not computable"
    return "<td class=\"n\">\(value)\(beside)</td>"
  }

  private func cell(_ score: Score, _ unit: ScoreText.Unit) -> HTML {
    let text = ScoreText(score, unit: unit)
    let words = text.interval ?? score.reason
    let beside: HTML = words.map { "<br><span class=\"quiet\">\($0)</span>" } ?? ""
    return "<td class=\"n\(text.isOver == true ? " over" : "")\">\(text.value)\(beside)</td>"
  }
}
