// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// What is faithful: variables, pairs and missing cells, each beside its reference.
struct FidelitySection {
  /// The most charts drawn; of wider tables the worst are shown.
  static let maximumCharts = 60
  private static let shownOfWide = 36
  private static let maximumDots = 40
  private static let maximumListedPairs = 25

  let report: FidelityReport
  let audience: Audience
  /// The joint tables that a reader may ask for; the owner's page only.
  var pairTables: PairTables?

  var html: HTML {
    """
    <h2 id="faithful">What is faithful</h2>
    <p>The reference is \(Words.reference(report.referenceKind)). A figure within its band is one that \
    fresh real rows could have got.</p>
    \(variables)\(pairs)\(missingness)\(DepthSections(audience: audience).html(report))\(skipped)
    """
  }

  // MARK: Variables

  private var ranked: [ColumnFidelity] {
    report.columns.enumerated().sorted { first, second in
      let left = first.element.distance.value ?? -1
      let right = second.element.distance.value ?? -1
      return left == right ? first.offset < second.offset : left > right
    }.map(\.element)
  }

  private var variables: HTML {
    guard !report.columns.isEmpty else { return "<p>No variable could be compared.</p>" }
    let ranked = ranked
    let dots = DistanceChart(
      entries: ranked.prefix(Self.maximumDots).map { .init(name: $0.name, score: $0.distance) })
    let title =
      ranked.count > Self.maximumDots
      ? "the \(Self.maximumDots) farthest of \(ranked.count) variables" : "farthest first"
    return """
      <h3>Each variable’s own distribution</h3>
      <p class="quiet">Distance between the real and the synthetic distribution, \(title): \
      0 is the same distribution, 100 % no overlap.</p>
      <p>\(ChartSentence.variables(report))</p>
      <div class="scroll">\(dots.svg)</div>
      <p class="key"><span><svg viewBox="0 0 12 12"><circle class="dot" cx="6" cy="6" r="4.5"/></svg>synthetic\
      </span><span><svg viewBox="0 0 12 12"><path class="tick" d="M6 0v12"/></svg>fresh real rows</span><span>\
      <svg viewBox="0 0 12 12"><rect class="band" width="12" height="12"/></svg>95 % of them</span><span>\
      <svg viewBox="0 0 12 12"><circle class="over" cx="6" cy="6" r="4.5"/></svg>beyond chance</span></p>
      \(multiples(ranked))
      \(table(ranked))
      """
  }

  private func multiples(_ ranked: [ColumnFidelity]) -> HTML {
    let isWide = report.columns.count > Self.maximumCharts
    let drawn = (isWide ? Array(ranked.prefix(Self.shownOfWide)) : report.columns)
      .filter { !$0.chart.labels.isEmpty }
    guard !drawn.isEmpty else { return .empty }
    var figures: HTML = ""
    for column in drawn {
      let score = ScoreText(column.distance, unit: .share)
      figures += """
        <figure><h4>\(column.name)</h4><figcaption>distance \(score.value)\
        \(column.distance.reference == nil ? "" : ", real rows \(score.reference)")</figcaption>\
        \(ShapeChart(column.chart, of: column.name, hasReal: audience == .owner).svg)</figure>
        """
    }
    let key: HTML =
      audience == .owner
      ? """
      <p class="key"><span><svg viewBox="0 0 12 12"><rect class="real" width="12" height="12"/></svg>real</span>\
      <span><svg viewBox="0 0 12 12"><rect class="syn" width="12" height="12"/></svg>synthetic (outline or bar)\
      </span></p>
      """
      : """
      <p class="quiet">The pictures show the synthetic file only; the distance says how far the real \
      distribution is from it.</p>
      """
    let title = isWide ? "The \(drawn.count) farthest distributions" : "All distributions"
    return "<h3>\(title)</h3>\(key)<div class=\"multiples\">\(figures)</div>"
  }

  private func table(_ ranked: [ColumnFidelity]) -> HTML {
    var rows: HTML = ""
    for column in ranked {
      let score = ScoreText(column.distance, unit: .share)
      rows += """
        <tr><td class="name">\(column.name)</td><td>\(column.measure)</td>\
        <td class="n\(score.isOver == true ? " over" : "")">\(score.value)</td>\
        <td class="n">\(score.reference)</td><td class="n">\(score.limit)</td>\
        \(audience == .owner ? HTML("<td>\(summaries(column))</td>") : .empty)</tr>
        """
    }
    let last: HTML = audience == .owner ? "<th>Real → synthetic</th>" : ""
    return """
      <details><summary>Figures of all \(report.columns.count) variables</summary>
      <p class="quiet">ks: \(Words.measure("ks")); tv: \(Words.measure("tv")).</p>
      <div class="scroll"><table><thead><tr><th>Variable</th><th>Measure</th><th class="n">Distance</th>\
      <th class="n">Real rows</th><th class="n">95 % point</th>\(last)</tr></thead><tbody>\(rows)</tbody></table></div>
      </details>
      """
  }

  private func summaries(_ column: ColumnFidelity) -> String {
    column.summaries.filter { ["mean", "sd", "q50", "levels"].contains($0.name) }.map { summary in
      let real = summary.real.map(Figure.short) ?? "–"
      let synthetic = summary.synthetic.map(Figure.short) ?? "–"
      return "\(summary.name) \(real) → \(synthetic)"
    }.joined(separator: "; ")
  }

  // MARK: Pairs

  private var pairs: HTML {
    guard !report.pairs.isEmpty else { return .empty }
    let names = report.columns.map(\.name)
    let worst = report.pairs.filter { $0.error.value != nil }
      .sorted {
        ($0.error.value ?? 0, $1.first, $1.second) > ($1.error.value ?? 0, $0.first, $0.second)
      }
      .prefix(Self.maximumListedPairs)
    var rows: HTML = ""
    for pair in worst
    where names.indices.contains(pair.first) && names.indices.contains(pair.second) {
      let score = ScoreText(pair.error, unit: .share)
      let strengths: HTML =
        audience == .owner
        ? "<td class=\"n\">\(strength(pair.realStrength))</td><td class=\"n\">\(strength(pair.syntheticStrength))</td>"
        : ""
      rows += """
        <tr><td class="name">\(names[pair.first])</td><td class="name">\(names[pair.second])</td>\
        <td class="n\(score.isOver == true ? " over" : "")">\(score.value)</td>\
        <td class="n">\(score.reference)</td><td class="n">\(score.limit)</td>\(strengths)</tr>
        """
    }
    let heads: HTML =
      audience == .owner ? "<th class=\"n\">Real strength</th><th class=\"n\">Synthetic</th>" : ""
    return """
      <h3>Pairs of variables</h3>
      <p class="quiet">Error of the relationship of each two of \(names.count) variables \
      (\(Figure.count(report.pairs.count)) pairs): for two numbers \(Words.measure("correlation")), else \
      \(Words.measure("contingency")). The darker, the worse.</p>
      <p>\(ChartSentence.pairs(report))</p>
      \(HeatMap.legend)<div class="scroll">\(HeatMap(names: names, pairs: report.pairs).svg)</div>
      <h3>The worst pairs</h3>
      \(audience == .owner ? Self.strengthNote : .empty)
      <div class="scroll"><table><thead><tr><th>Variable</th><th>with</th><th class="n">Error</th>\
      <th class="n">Real rows</th><th class="n">95 % point</th>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
      \(audience == .owner ? joint : .empty)
      """
  }

  private var joint: HTML {
    pairTables.map {
      PairSection(
        tables: $0, rowCounts: (real: report.realRowCount, synthetic: report.syntheticRowCount)
      ).html
    } ?? .empty
  }

  private static let strengthNote: HTML = """
    <p class="quiet">Strength, 0 to 1: the size of the correlation of two numbers, else Cramér’s V.</p>
    """

  private func strength(_ value: Double?) -> String { value.map { Figure.fixed($0, 2) } ?? "–" }

  // MARK: Missing cells

  private var missingness: HTML {
    let patterns = ScoreText(report.missingPatterns, unit: .share)
    let touched = report.columns.filter {
      ($0.missingness.value ?? 0) > 0 || ($0.missingness.reference ?? 0) > 0
    }.sorted { ($0.missingness.value ?? 0) > ($1.missingness.value ?? 0) }
    var rows: HTML = ""
    for column in touched.prefix(Self.maximumDots) {
      let score = ScoreText(column.missingness, unit: .share)
      rows += """
        <tr><td class="name">\(column.name)</td>\
        <td class="n\(score.isOver == true ? " over" : "")">\(score.value)</td>\
        <td class="n">\(score.reference)</td><td class="n">\(score.limit)</td></tr>
        """
    }
    let table: HTML =
      touched.isEmpty
      ? "<p>No variable’s share of missing cells differs.</p>"
      : """
      <div class="scroll"><table><thead><tr><th>Variable</th><th class="n">Difference of shares</th>\
      <th class="n">Real rows</th><th class="n">95 % point</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
    return """
      <h3>Missing cells</h3>
      <p>Patterns of which cells are missing together differ in <strong>\(patterns.value)</strong> of the \
      rows (fresh real rows: \(patterns.reference)).</p>
      \(table)
      """
  }

  private var skipped: HTML {
    guard !report.skipped.isEmpty else { return .empty }
    return "<h3>Not compared</h3>\(SkippedList(report.skipped).html)"
  }
}
