// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// What the full depth says of predictions, of who is not asked, of order in time, and in another tool's terms.
struct FurtherFidelitySections {
  private static let maximumListed = 12

  let report: FidelityReport

  var html: HTML {
    "\(distances)\(prediction)\(RareClassSection(report: report).html)\(skipRules)\(order)\(library)"
  }

  // MARK: Distances

  private var distances: HTML {
    let found = report.columns.filter { $0.further?.isEmpty == false }
    guard !found.isEmpty else { return .empty }
    let rows = found.map { column -> HTML in
      let cells = ["wasserstein", "hellinger", "jensenShannon"].map { name -> HTML in
        guard let score = column.further?[name], let value = score.value else {
          return "<td class=\"n\">–</td>"
        }
        let beside: HTML =
          score.reference.map { "<br><span class=\"quiet\">real \(Figure.short($0))</span>" } ?? ""
        return "<td class=\"n\">\(Figure.short(value))\(beside)</td>"
      }
      return "<tr><td class=\"name\">\(column.name)</td>\(cells)</tr>"
    }
    return """
      <h3>Further distances of each variable</h3>
      <p class="quiet">Wasserstein: how far values would have to be moved on average, in interquartile ranges. \
      Hellinger (0 to 1) and Jensen–Shannon (bits): of the shares of levels, or of twenty groups; missing counts \
      as one more.</p>
      <details><summary>Distances of \(Figure.count(found.count)) variables</summary><div class="scroll"><table>\
      <thead><tr><th>Variable</th><th class="n">Wasserstein</th><th class="n">Hellinger</th>\
      <th class="n">Jensen–Shannon</th></tr></thead><tbody>\(rows)</tbody></table></div></details>
      """
  }

  // MARK: Prediction

  private var prediction: HTML {
    guard let result = report.prediction, !result.targets.isEmpty else { return .empty }
    let rows = result.targets.map { target -> HTML in
      let loss = ScoreText(target.loss, unit: .number)
      func cell(_ figures: PredictiveFidelity.Figures) -> HTML {
        """
        <td class="n">\(Figure.fixed(figures.area, 3))<br><span class="quiet">\
        \(Figure.percent(ofShare: figures.accuracy)) right, calibrated to \
        \(Figure.percent(ofShare: figures.calibrationError))</span></td>
        """
      }
      return """
        <tr><td class="name">\(target.column) is \(target.level)</td>\(cell(target.synthetic))\
        \(cell(target.real))\(cell(target.reverse))\
        <td class="n\(loss.isOver == true ? " over" : "")">\(Figure.fixed(target.loss.value ?? 0, 3))<br>\
        <span class="quiet">\(loss.interval ?? "")</span></td></tr>
        """
    }
    let reading = Reading(
      means:
        "where the area lost is near 0, a model that learned from synthetic rows predicts real rows that "
        + "nobody learned from as well as one that learned from real rows",
      meansNot: "that other targets, or other kinds of models, do as well")
    return """
      <h3>Predictions</h3>
      \(reading.html)
      <div class="scroll"><table><thead><tr><th>Target</th><th class="n">Area, learned from synthetic rows</th>\
      <th class="n">Learned from real rows</th><th class="n">Learned from real, tested on synthetic rows</th>\
      <th class="n">Area lost, 95 % interval</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  // MARK: Who is not asked

  private var skipRules: HTML {
    guard let result = report.skipRules else { return .empty }
    let text = ScoreText(result.violations, unit: .share)
    let items = result.worst.map { rule in
      HTML(
        """
        <li>\(rule.column) where \(rule.source) is \(rule.level): \(Figure.count(rule.brokenCount)) of \
        \(Figure.count(rule.rowCount)) rows</li>
        """)
    }
    let list: HTML = items.isEmpty ? "" : "<ul>\(items)</ul>"
    return """
      <h3>Who is not asked</h3>
      <p>In the real table \(Figure.count(result.ruleCount)) rules hold of the kind “missing wherever another \
      column has a level”. Of the synthetic cells they are about, \(text.value) break one (real rows: \
      \(text.reference)).</p>\(list)
      """
  }

  // MARK: Order in time

  private var order: HTML {
    guard let result = report.order else { return .empty }
    let rows = result.columns.map { column -> HTML in
      let text = ScoreText(column.difference, unit: .number)
      return """
        <tr><td class="name">\(column.name)</td><td class="n">\(Figure.fixed(column.real, 3))</td>\
        <td class="n">\(Figure.fixed(column.synthetic, 3))</td>\
        <td class="n\(text.isOver == true ? " over" : "")">\(text.value)</td>\
        <td class="n">\(text.reference)</td><td class="n">\(text.limit)</td></tr>
        """
    }
    return """
      <h3>Order in time</h3>
      <p>Correlation of each value with the one before it, in the order of <strong>\(result.time)</strong>.</p>
      <div class="scroll"><table><thead><tr><th>Variable</th><th class="n">Real</th><th class="n">Synthetic</th>\
      <th class="n">Difference</th><th class="n">Real rows</th><th class="n">95 % point</th></tr></thead>\
      <tbody>\(rows)</tbody></table></div>
      """
  }

  // MARK: Another tool's terms

  private var library: HTML {
    guard let scores = report.libraryScores else { return .empty }
    func text(_ value: Double?) -> String { value.map { Figure.fixed($0, 4) } ?? "not computable" }
    return """
      <h3>For comparison with papers</h3>
      <p>The quality report of SDMetrics \(scores.version) would say: Column Shapes \(text(scores.columnShapes)), \
      Column Pair Trends \(text(scores.columnPairTrends)) (over \(Figure.count(scores.pairCount)) pairs with a real \
      correlation above 0.5 or a Cramér’s V above 0.3), overall \(text(scores.overall)). It bins each table by \
      its own range, so that a shifted copy can score 1, and sees nothing of three variables, of outliers or of \
      risk: no fitness for a use follows from it.</p>
      """
  }
}
