// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// What someone who knows the keys of a person could find.
struct KeySection {
  private static let maximumListed = 15
  private static let maximumFlags = 2

  let result: KeyDisclosure

  var html: HTML {
    let reading = Reading(
      means:
        "UiO is the share of all real records that are alone with their keys, and repU the share of "
        + "all real records that are alone with them in both tables; DiSCO is the share of all real "
        + "records whose target the synthetic table gives rightly to whoever knows the keys",
      meansNot: "that a synthetic row is that person, or that a low figure is safe: judge repU "
        + "beside UiO and DiSCO beside Dorig")
    return """
      <h3>What keys give away</h3>
      \(reading.html)
      <p class="quiet">Keys: \(result.keys.joined(separator: ", ")). Targets: \
      \(result.targets.joined(separator: ", ")). \(result.note.map { "\(Self.sentence($0)) " } ?? "")\(tried)</p>
      \(identity)\(PopulationRiskTable(result: result).html)\(attributes)
      """
  }

  private var tried: String {
    result.sets.count == 1
      ? "One set of keys was tried."
      : "All sets of up to three keys and all keys together were tried "
        + "(\(Figure.count(result.sets.count)) sets); the worst are listed."
  }

  private var identity: HTML {
    guard !result.sets.isEmpty else { return .empty }
    let ranked = result.sets.enumerated().sorted {
      let (left, right) = ($0.element.replicatedUniques, $1.element.replicatedUniques)
      return left == right ? $0.offset < $1.offset : left > right
    }.map(\.element)
    var rows: HTML = ""
    for set in ranked.prefix(Self.maximumListed) {
      rows += """
        <tr><td class="name">\(set.keys.joined(separator: ", "))</td>\
        <td class="n">\(Figure.percent(set.uniqueInOriginal))</td>\
        <td class="n">\(Figure.percent(set.replicatedUniques))</td>\
        <td class="n">\(Figure.percent(set.uniqueInSynthetic))</td>\
        <td class="n">\(Figure.percent(set.inSynthetic))</td>\
        <td class="n">\(small(set.realInSmallClasses)) → \(small(set.syntheticInSmallClasses))</td></tr>
        """
    }
    return """
      <h4>Identity: who is alone with the keys</h4>
      <p class="quiet">The last column is the share of records that share their keys with fewer than five records, \
      themselves included, real → synthetic.</p>
      <div class="scroll"><table><thead><tr><th>Known keys</th><th class="n">UiO: unique in real</th>\
      <th class="n">repU: unique in both</th><th class="n">UiS: unique in synthetic</th>\
      <th class="n">Keys occur in synthetic</th><th class="n">Groups under 5</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  /// The figure for groups under five, which is the second of three.
  private func small(_ shares: [Double]) -> String {
    shares.count > 1 ? Figure.percent(shares[1]) : "–"
  }

  private var attributes: HTML {
    let ranked = result.sets.flatMap { set in
      set.attributes.map { (keys: set.keys, attribute: $0) }
    }.enumerated()
      .sorted {
        let (left, right) = (
          $0.element.attribute.determinedRightly, $1.element.attribute.determinedRightly
        )
        return left == right ? $0.offset < $1.offset : left > right
      }.map(\.element)
    guard !ranked.isEmpty else { return .empty }
    var rows: HTML = ""
    for (keys, attribute) in ranked.prefix(Self.maximumListed) {
      rows += """
        <tr><td class="name">\(keys.joined(separator: ", "))</td><td class="name">\(attribute.target)</td>\
        <td class="n">\(Figure.percent(attribute.disclosiveInOriginal))</td>\
        <td class="n">\(Figure.percent(attribute.determined))</td>\
        <td class="n">\(Figure.percent(attribute.determinedRightly))</td>\
        <td class="name">\(expected(attribute))</td></tr>
        """
    }
    return """
      <h4>Attributes: what the keys settle</h4>
      <p class="quiet">Keys settle a target where all records that share them have one value of it. Dorig: in the \
      real table. DiS: in the synthetic one. DiSCO: settled there, and right.</p>
      <div class="scroll"><table><thead><tr><th>Known keys</th><th>Target</th>\
      <th class="n">Dorig</th><th class="n">DiS</th><th class="n">DiSCO</th>\
      <th>May be expected anyway</th></tr></thead><tbody>\(rows)</tbody></table></div>
      \(CorrectAttributionTable(entries: Array(ranked.prefix(Self.maximumListed))).html)
      """
  }

  /// The flags of most records; there may be twenty.
  private func expected(_ attribute: KeyDisclosure.Attribute) -> String {
    let flags = attribute.expected.prefix(Self.maximumFlags).map(Self.words)
    let more = attribute.expected.count - flags.count
    return flags.joined(separator: "; ")
      + (more > 0 ? "; \(Figure.count(more)) more in disclosure.json" : "")
  }

  /// A clause as a sentence.
  private static func sentence(_ clause: String) -> String {
    clause.prefix(1).uppercased() + clause.dropFirst() + "."
  }

  private static func words(_ flag: KeyDisclosure.ExpectedKnowledge) -> String {
    let given = flag.key.map { " where \($0) is \(flag.keyLevel ?? "any")" } ?? ""
    return "\(flag.level)\(given): \(Figure.count(flag.recordCount)) records"
  }
}
