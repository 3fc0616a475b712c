// SPDX-License-Identifier: Apache-2.0
public import Evaluation

/// The page from which an owner picks a strength of protection: one picture and its figures.
public struct FrontierPage: Sendable {
  private let name: String
  private let frontier: Frontier
  private let software: String

  /// Creates a page.
  ///
  /// - Parameters:
  ///   - name: The data set's name.
  ///   - frontier: The figures.
  ///   - software: What made them, with its version.
  public init(name: String, frontier: Frontier, software: String) {
    self.name = name
    self.frontier = frontier
    self.software = software
  }

  /// The page.
  public var html: String {
    let page: HTML = """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <meta name="robots" content="noindex"><meta name="generator" content="\(software)">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
      <title>\(name): how much protection</title><link rel="icon" href="data:,">\
      <style>\(HTML(stringLiteral: StyleSheet.css))</style></head>
      <body><header><span class="mark owner">Owner’s report: do not publish</span><h1>\(name): how much \
      protection</h1></header><main>\(lead)\(picture)\(table)\(choice)</main>
      <footer>Made by \(software). This page holds figures of confidential data.</footer></body></html>

      """
    return page.markup
  }

  private var lead: HTML {
    """
    <p class="lead">The more rows a conditional distribution must rest on, the less of any single row it can \
    hold, and the less of a relationship.</p>
    <p>Each strength was fitted to the same \(Figure.count(frontier.learnedRowCount)) rows and judged against \
    the same \(Figure.count(frontier.controlRowCount)) rows that it did not see. Nothing was released.</p>
    """
  }

  private var picture: HTML {
    """
    <h2>Fidelity against risk, and time</h2>
    <p>\(sentence)</p>
    <div class="scroll">\(FrontierChart(frontier: frontier).svg)</div>
    <p class="quiet">A mark is named by the fewest rows a leaf rests on, and the time of fitting and drawing. The \
    shaded band is what chance explains were nothing remembered of the learned rows; figures of distance raise \
    alarms, and prove nothing where they raise none.</p>
    """
  }

  /// The most faithful strength whose risk chance explains.
  private var suggested: Frontier.Point? {
    frontier.points.filter { point in
      [point.closerToTraining, point.nearMatches, point.exactMatches]
        .allSatisfy { ScoreText($0, unit: .share).isOver != true }
    }.min { ($0.trendError.value ?? .infinity) < ($1.trendError.value ?? .infinity) }
  }

  private var sentence: String {
    guard let suggested else {
      return "At no strength tried are all figures of risk within what chance explains."
    }
    return
      "The most faithful strength whose figures of risk are all within what chance explains rests "
      + "its leaves on \(Figure.count(suggested.minimumLeaf)) rows or more."
  }

  private var table: HTML {
    var rows: HTML = ""
    for point in frontier.points {
      rows += """
        <tr><td class="n">\(Figure.count(point.minimumLeaf))</td>\(cell(point.shapeError, .percent))\
        \(cell(point.trendError, .percent))\(cell(point.closerToTraining, .share))\
        \(cell(point.nearMatches, .share))\(cell(point.exactMatches, .share))\
        <td class="n">\(Figure.fixed(point.seconds, 1)) s</td></tr>
        """
    }
    return """
      <h2>The figures</h2>
      <p class="quiet">Below each figure: what fresh real rows get, and the 95 % point.</p>
      <div class="scroll"><table><thead><tr><th class="n">Fewest rows a leaf</th><th class="n">Variables</th>\
      <th class="n">Pairs</th><th class="n">Closer to learned rows</th><th class="n">Outliers with a near row</th>\
      <th class="n">Equal to a real row</th><th class="n">Time</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  private func cell(_ score: Score, _ unit: ScoreText.Unit) -> HTML {
    let text = ScoreText(score, unit: unit)
    let beside: HTML =
      score.reference == nil
      ? "" : "<br><span class=\"quiet\">\(text.reference), up to \(text.limit)</span>"
    return "<td class=\"n\(text.isOver == true ? " over" : "")\">\(text.value)\(beside)</td>"
  }

  private var choice: HTML {
    var items: HTML = ""
    for point in frontier.points {
      items +=
        "<li>\(Figure.count(point.minimumLeaf)) rows: <code>\(point.contractFile)</code></li>"
    }
    return """
      <h2>Choose</h2>
      <p>Give the contract of the strength you choose to <code>semblance synthesize --contract</code>; the choice \
      is then written into the release’s contract and checked.</p>
      <ul>\(items)</ul>
      """
  }
}
