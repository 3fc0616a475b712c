// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// How well models tell the tables apart, and by which columns.
struct DistinguishabilitySection {
  private static let maximumColumns = 10

  let result: Distinguishability

  var html: HTML {
    let table = ScoreTable(lines: [
      .init(
        title: "Boosted trees: area under the curve", score: result.classifierArea,
        means:
          "the chance that a synthetic row looks more synthetic than a real one; 0.5 is guessing"
      ),
      .init(
        title: "Logistic model: pMSE", score: result.logisticError,
        means: "mean squared distance of the model’s probabilities from ignorance; 0 is best"),
      .init(
        title: "Logistic model: S_pMSE", score: result.logisticRatio,
        means: "pMSE over what a right synthesis gets; 1 is right"),
      .init(title: "Classification tree: pMSE", score: result.treeError),
      .init(title: "Classification tree: S_pMSE", score: result.treeRatio),
      .init(
        title: "SPECKS", score: result.specks,
        means: "largest gap between the probabilities of the two tables; 0 is best"),
      .init(
        title: "PO50", score: result.percentOver, unit: .percent,
        means: "rows the model puts on the right side, beyond half; 0 is best"),
    ])
    let reading = Reading(
      means: "near the figure beside it, the model finds little by which to tell real rows from "
        + "synthetic ones; an area of 1 tells them apart always, and one far below 0.5 says that rows are copies",
      meansNot: "that no other model could, or that a table that can be told apart is of no use")
    return """
      <h3>How well a model tells the tables apart</h3>
      \(reading.html)\(table.html)\(columns)
      """
  }

  private var columns: HTML {
    guard !result.tellingColumns.isEmpty else { return .empty }
    var rows: HTML = ""
    for column in result.tellingColumns.prefix(Self.maximumColumns) {
      rows += """
        <tr><td class="name">\(column.name)</td>\
        <td class="n">\(Figure.percent(ofShare: column.gainShare))</td>\
        <td class="n">\(column.areaLost.map(Figure.short) ?? "not tried")</td></tr>
        """
    }
    return """
      <h4>Columns that give it away</h4>
      <div class="scroll"><table><thead><tr><th>Variable</th><th class="n">Share of the gain</th>\
      <th class="n">Area lost when shuffled</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }
}
