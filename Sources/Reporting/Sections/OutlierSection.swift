// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// Outliers in both directions: too few, and too many.
struct OutlierSection {
  private static let maximumListed = 15

  let result: OutlierFidelity

  var html: HTML {
    let table = ScoreTable(lines: [
      .init(
        title: "Rows farther out than 99 % of the real ones", score: result.rowShare, unit: .share,
        isMoreWorse: false),
      .init(
        title: "Mix of levels among rows with an outlier", score: result.levelMix, unit: .share),
      .init(
        title: "Two columns in their upper tail together", score: result.jointTails,
        means: "mean difference of how often both are above their real 95 % points"),
    ])
    let reading = Reading(
      means: "a ratio below 1 says outliers were lost, above 1 that there are too many",
      meansNot: "that either is wrong for your use, or that fewer outliers protect anyone")
    return """
      <h3>Outliers, both ways</h3>
      \(reading.html)\(table.html)\(columns)\(tails)
      """
  }

  private var columns: HTML {
    // Half as many is as far from faithful as twice as many.
    func distance(_ column: OutlierFidelity.Column) -> Double {
      guard let ratio = column.ratio else { return column.syntheticAbove + column.syntheticBelow }
      return ratio > 0 ? max(ratio, 1 / ratio) : .infinity
    }
    let ranked = result.columns.enumerated().sorted {
      let (left, right) = (distance($0.element), distance($1.element))
      return left == right ? $0.offset < $1.offset : left > right
    }.map(\.element)
    guard !ranked.isEmpty else { return .empty }
    var rows: HTML = ""
    for column in ranked.prefix(Self.maximumListed) {
      rows += """
        <tr><td class="name">\(column.name)</td>\
        <td class="n">\(shares(column.realBelow, column.syntheticBelow))</td>\
        <td class="n">\(shares(column.realAbove, column.syntheticAbove))</td>\
        <td class="n">\(column.ratio.map(Figure.short) ?? "no real outlier")</td>\
        <td class="n">\(column.excessRatio.map(Figure.short) ?? "–")</td></tr>
        """
    }
    return """
      <div class="scroll"><table><thead><tr><th>Variable</th><th class="n">Below, real → synthetic</th>\
      <th class="n">Above, real → synthetic</th><th class="n">Ratio</th><th class="n">Ratio of excess</th>\
      </tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  private var tails: HTML {
    guard !result.worstTails.isEmpty else { return .empty }
    var rows: HTML = ""
    for tail in result.worstTails.prefix(Self.maximumListed) {
      rows += """
        <tr><td class="name">\(tail.columns.joined(separator: " × "))</td>\
        <td class="n">\(Figure.short(tail.real))</td><td class="n">\(Figure.short(tail.synthetic))</td></tr>
        """
    }
    return """
      <details><summary>Pairs whose joint tails differ most</summary><div class="scroll"><table><thead><tr>\
      <th>Variables</th><th class="n">Real</th><th class="n">Synthetic</th></tr></thead>\
      <tbody>\(rows)</tbody></table></div></details>
      """
  }

  private func shares(_ real: Double, _ synthetic: Double) -> String {
    "\(Figure.percent(ofShare: real)) → \(Figure.percent(ofShare: synthetic))"
  }
}
