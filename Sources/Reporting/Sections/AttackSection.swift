// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// What three attacks achieve, beside guessing and beside people who were not learned from.
struct AttackSection {
  private static let maximumInferred = 20

  let result: AttackReport

  var html: HTML {
    let inference = result.inference.enumerated().sorted {
      let (left, right) = ($0.element.risk.value ?? -1, $1.element.risk.value ?? -1)
      return left == right ? $0.offset < $1.offset : left > right
    }.map(\.element)
    var rows: HTML = ""
    rows += row("Singling out by one column", result.singlingOutByOne)
    rows += row("Singling out by three columns", result.singlingOutByThree)
    rows += row("Linking two halves of a record", result.linkability)
    for attack in inference.prefix(Self.maximumInferred) {
      rows += row("Inferring \(attack.secret ?? "a column")", attack)
    }
    let more = inference.count - Self.maximumInferred
    let rest: HTML =
      more > 0
      ? "<p class=\"quiet\">\(Figure.count(more)) further columns are in disclosure.json.</p>" : ""
    let reading = Reading(
      means: "an excess says the attack does better on people learned from than on others",
      meansNot: "that there is no risk where none is seen: an attack that does no better than "
        + "guessing is inconclusive, and a better one may succeed")
    return """
      <h3>Attacks</h3>
      \(reading.html)
      <div class="scroll"><table><thead><tr><th>Attack</th><th class="n">Tried</th>\
      <th class="n">On learned from</th><th class="n">On others</th><th class="n">Guessing</th>\
      <th class="n">Excess, 95 % interval</th><th>Verdict</th></tr></thead><tbody>\(rows)</tbody></table></div>
      \(rest)
      """
  }

  private func row(_ title: String, _ attack: AttackReport.Attack) -> HTML {
    let training = ScoreText(attack.training, unit: .share)
    let control = ScoreText(attack.control, unit: .share)
    let guessing = ScoreText(attack.guessing, unit: .share)
    let risk = ScoreText(attack.risk, unit: .share)
    let interval: HTML = risk.interval.map { "<br><span class=\"quiet\">\($0)</span>" } ?? ""
    let isExcess = attack.verdict == .excess
    return """
      <tr><td class="name"><strong>\(title)</strong></td><td class="n">\(Figure.count(attack.attackCount))</td>\
      <td class="n">\(training.value)</td><td class="n">\(control.value)</td>\
      <td class="n">\(guessing.value)</td><td class="n">\(risk.value)\(interval)</td>\
      <td class="\(isExcess ? "over" : "")">\(words(attack))</td></tr>
      """
  }

  private func words(_ attack: AttackReport.Attack) -> String {
    switch attack.verdict {
    case .excess: "excess on people learned from"
    case .noExcess: "no excess seen"
    case .inconclusive: "inconclusive"
    case .notComputable: "not computable: \(attack.risk.reason ?? "no reason given")"
    }
  }
}
