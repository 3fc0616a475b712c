// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// Tables of two and of three variables.
struct MarginSection {
  private static let maximumTables = 10

  let report: FidelityReport
  let margins: MarginFidelity

  var html: HTML {
    let table = ScoreTable(lines: [
      .init(title: "Two variables: mean S_pMSE", score: margins.pairRatio),
      .init(title: "Two variables: largest S_pMSE", score: margins.worstPairRatio),
      .init(
        title: "Three variables: score of 1000", score: margins.threeWay, isMoreWorse: false,
        means: "1000 less 500 times the mean difference of all shares (k-marginal score)"),
    ])
    let reading = Reading(
      means:
        "S_pMSE says how much farther a cross table is off than that of a right synthesis, which "
        + "gets 1; faithful tables have an S_pMSE no higher than the figure beside it and a three-way "
        + "score no lower than that of real rows, which stay below 1000 themselves",
      meansNot: "that tables of more variables, or finer groups, are as near")
    return """
      <h3>Tables of two and three variables</h3>
      \(reading.html)\(table.html)\(pairs)\(triples)
      """
  }

  private var pairs: HTML {
    let names = report.columns.map(\.name)
    let worst = report.pairs.filter {
      $0.table?.ratio != nil && names.indices.contains($0.first)
        && names.indices.contains($0.second)
    }.sorted {
      ($0.table?.ratio ?? 0, $1.first, $1.second) > ($1.table?.ratio ?? 0, $0.first, $0.second)
    }.prefix(Self.maximumTables)
    guard !worst.isEmpty else { return .empty }
    var rows: HTML = ""
    for pair in worst {
      let cell = pair.table?.worst.map {
        "\($0.levels.joined(separator: " × ")) (z \(Figure.fixed($0.z, 1)))"
      }
      rows += """
        <tr><td class="name">\(names[pair.first])</td><td class="name">\(names[pair.second])</td>\
        <td class="n">\((pair.table?.ratio).map(Figure.short) ?? "–")</td>\
        <td class="n">\((pair.table?.totalVariation).map(Figure.percent(ofShare:)) ?? "–")</td>\
        <td class="name">\(cell ?? "–")</td></tr>
        """
    }
    return """
      <h4>The worst tables of two variables</h4>
      <p class="quiet">z is positive where the synthetic table has more of a cell.</p>
      <div class="scroll"><table><thead><tr><th>Variable</th><th>with</th><th class="n">S_pMSE</th>\
      <th class="n">Distance</th><th>Cell farthest off</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  private var triples: HTML {
    guard !margins.worstTriples.isEmpty else { return .empty }
    let lines = margins.worstTriples.prefix(Self.maximumTables).map {
      ScoreTable.Line(
        title: $0.columns.joined(separator: " × "), score: $0.distance, unit: .share)
    }
    return "<h4>The worst tables of three variables</h4>\(ScoreTable(lines: Array(lines)).html)"
  }
}
