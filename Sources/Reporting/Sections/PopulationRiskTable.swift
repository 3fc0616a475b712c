// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// How many real records someone would find who looks for them in the population by their keys.
struct PopulationRiskTable {
  private static let maximumListed = 15

  let result: KeyDisclosure

  var html: HTML {
    guard let population = result.population else {
      guard let reason = result.populationReason else { return .empty }
      return """
        <h4>Individual risk: who could be found in the population</h4>
        <p>Not measured: \(reason). With --population, or with a variable of the role weight in the dictionary, this \
        report says how many real records could be found in the population.</p>
        """
    }
    let sets = result.sets.compactMap { set in set.populationRisk.map { (set.keys, $0) } }
    let ranked = sets.enumerated().sorted {
      let (left, right) = ($0.element.1.expectedFound, $1.element.1.expectedFound)
      return left == right ? $0.offset < $1.offset : left > right
    }.map(\.element)
    var rows: HTML = ""
    for (keys, risk) in ranked.prefix(Self.maximumListed) {
      rows += """
        <tr><td class="name">\(keys.joined(separator: ", "))</td>\
        <td class="n">\(Figure.short(risk.expectedFound))</td>\
        <td class="n">\(Figure.percent(risk.expectedFoundShare))</td>\
        <td class="n">\(Figure.short(risk.expectedFoundInSynthetic))</td>\
        <td class="n">\(Figure.percent(risk.greatest))</td></tr>
        """
    }
    let reading = Reading(
      means:
        "so many real records would be found rightly, if the real table itself were published and someone "
        + "looked for each record among all people with the same keys",
      meansNot:
        "that synthetic rows are these people: it says whom the synthetic table must protect, and how "
        + "many of them have keys that occur in it")
    return """
      <h4>Individual risk: who could be found in the population</h4>
      \(reading.html)
      <p class="quiet">Population: \(Figure.short(population.size)) people, \(basis(population)). The risk of a record is \
      the mean of 1/F, with F the people who share its keys, of whom the table holds f (Benedetti and Franconi); the \
      sum over all records is the number expected.</p>
      <div class="scroll"><table><thead><tr><th>Known keys</th><th class="n">Records found, expected</th>\
      <th class="n">Share of records</th><th class="n">Of them with keys in synthetic</th>\
      <th class="n">Greatest risk of a record</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  private func basis(_ population: KeyDisclosure.Population) -> String {
    let source = population.weight.map { "by the weight \($0)" } ?? "as its owner says"
    return source + (population.note.map { " (\($0))" } ?? "")
  }
}
