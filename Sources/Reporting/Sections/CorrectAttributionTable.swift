// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// How often someone who knows the keys would guess a target rightly (correct attribution probability).
struct CorrectAttributionTable {
  let entries: [(keys: [String], attribute: KeyDisclosure.Attribute)]

  var html: HTML {
    var rows: HTML = ""
    for (keys, attribute) in entries {
      rows += """
        <tr><td class="name">\(keys.joined(separator: ", "))</td><td class="name">\(attribute.target)</td>\
        <td class="n">\(Figure.percent(attribute.baseline))</td>\
        <td class="n">\(Figure.percent(attribute.originalAttribution))</td>\
        <td class="n">\(Figure.percent(attribute.attribution))</td>\
        <td class="n">\(attribute.targetedAttribution.map { Figure.percent($0) } ?? "none settled")</td></tr>
        """
    }
    return """
      <h4>Attributes: how often a guess is right (CAP)</h4>
      <p class="quiet">Someone guesses by shares: without the keys (baseline), by the real table within the keys \
      (CAPd), by the synthetic table within the keys (DCAP). TCAP: of the records whose target the synthetic table \
      settles, those for which it is right. Judge DCAP between the baseline and CAPd.</p>
      <div class="scroll"><table><thead><tr><th>Known keys</th><th>Target</th><th class="n">Baseline</th>\
      <th class="n">CAPd</th><th class="n">DCAP</th><th class="n">TCAP</th></tr></thead>\
      <tbody>\(rows)</tbody></table></div>
      """
  }
}
