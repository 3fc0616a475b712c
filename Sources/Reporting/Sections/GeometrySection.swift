// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// How the synthetic rows lie among the real ones.
struct GeometrySection {
  let result: GeometryFidelity

  var html: HTML {
    let table = ScoreTable(lines: [
      .init(title: "MMD² (maximum mean discrepancy)", score: result.meanDiscrepancy),
      .init(
        title: "Precision: synthetic rows that lie among real ones", score: result.precision,
        unit: .share, isMoreWorse: false),
      .init(
        title: "Recall: real rows that lie among synthetic ones", score: result.recall,
        unit: .share, isMoreWorse: false),
      .init(
        title: "Density: how closely synthetic rows crowd round real ones",
        score: result.density, isMoreWorse: false),
      .init(
        title: "Coverage: real rows with a synthetic row near them", score: result.coverage,
        unit: .share, isMoreWorse: false),
      .init(
        title: "α-precision: how evenly synthetic rows fill the real shells",
        score: result.alphaPrecision, isMoreWorse: false),
      .init(
        title: "β-recall: how evenly synthetic shells meet real rows", score: result.betaRecall,
        isMoreWorse: false),
      .init(
        title: "Authenticity: synthetic rows no nearer than a real neighbour",
        score: result.authenticity, unit: .share, isMoreWorse: false),
    ])
    let reading = Reading(
      means: "each row is a point, and near the figure of real rows the synthetic points fill the "
        + "same places as densely; low recall or coverage says that kinds of rows are missing, low "
        + "precision that there are rows of a kind that does not occur, high density or low "
        + "authenticity that rows crowd round real ones",
      meansNot: "that single relationships hold, or that rows far from real ones are safe")
    return """
      <h3>Where the rows lie</h3>
      \(reading.html)
      <p class="quiet">Measured on samples of \(Figure.count(result.sampleCount)) rows of each table.\(chance)</p>
      \(table.html)
      """
  }

  private var chance: String {
    result.discrepancyProbability.map {
      " Of random relabellings of the rows, \(Figure.percent(ofShare: $0)) differ by as much MMD² as "
        + "these tables do; under 5 % is more than chance explains."
    } ?? ""
  }
}
