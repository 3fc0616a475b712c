// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// What synthetic rows could indicate of real ones, each with what it means and what it does not.
struct DisclosureSection {
  private static let maximumListedRows = 200

  let report: DisclosureReport
  let audience: Audience
  /// The synthetic rows; what most of them show is no reason to look at single ones.
  let rowCount: Int

  private struct Line {
    var title: String
    var score: Score
    var means: String
    var meansNot: String
  }

  var html: HTML {
    var rows: HTML = ""
    for line in lines {
      let text = ScoreText(line.score, unit: .share)
      let reason: HTML =
        line.score.value == nil ? "<br><span class=\"quiet\">\(line.score.reason ?? "")</span>" : ""
      rows += """
        <tr><td><strong>\(line.title)</strong></td>\
        <td class="n\(text.isOver == true ? " over" : "")">\(text.value)\
        </td><td class="n">\(text.reference)</td><td class="n">\(text.limit)</td>\
        <td>\(line.means)\(reason)</td><td>\(line.meansNot)</td></tr>
        """
    }
    return """
      <h2 id="indicated">What could be indicated</h2>
      <p>A synthetic row or value that (nearly) equals a real one can <em>indicate</em> something about a \
      person, although nothing was copied. Where a figure needs rows that were not learned from, the control \
      is \(Words.reference(report.controlKind)).</p>
      <div class="scroll"><table class="risk"><thead><tr><th>Indication</th><th class="n">Figure</th>\
      <th class="n">Real rows</th><th class="n">95 % point</th><th>It means</th><th>It does not mean</th></tr>\
      </thead><tbody>\(rows)</tbody></table></div>
      \(DepthSections(audience: audience).html(report))\(remedy)\(findings)\(skipped)
      <h3>What remains</h3>
      <ul>\(Words.remains.map { HTML("<li>\($0)</li>") })</ul>
      """
  }

  private var lines: [Line] {
    [
      Line(
        title: "Equal to a real row", score: report.exactMatches,
        means: "this share of synthetic rows equals a real row in every compared column",
        meansNot: "that rows were copied: in coarse tables real rows equal each other too"),
      Line(
        title: "Equal to a real row that is unique", score: report.uniqueMatches,
        means: "the row it equals occurs once in the real table",
        meansNot: "that the person is unique in the population, or that a reader can know it"),
      Line(
        title: "Closer to learned rows", score: report.closerToTraining,
        means: "above one half, rows follow what was learned more closely than chance does",
        meansNot: "that a figure of one half is safe: distances only raise alarms"),
      report.nearerThanNeighbours.map {
        Line(
          title: "Nearer than a real neighbour", score: $0,
          means: "this share of synthetic rows is nearer to a real row than any other real row is",
          meansNot: "that they were copied: about half of fresh rows are; copies nearly all are")
      },
      Line(
        title: "Near an outlier", score: report.nearMatches,
        means: "this share of the real outliers has a synthetic row strangely near to it",
        meansNot: "that the outlier’s values were learned: the reference shows what chance does"),
      Line(
        title: "Rare values", score: report.valueIndications,
        means: "cells that equal a rare real value in the tails",
        meansNot: "that the value was taken over: values drawn on a grid meet real ones by chance"),
      Line(
        title: "Extremes", score: report.extremeIndications,
        means: "variables whose least or greatest synthetic value comes close to the real one",
        meansNot: "that it is the real one; tails are drawn"),
      Line(
        title: "Rare combinations", score: report.combinationIndications,
        means:
          "combinations of keys that are rare in the real table and occur in the synthetic one",
        meansNot: "that they were learned: compare with how many would meet by chance"),
      report.groupOwnership.map {
        Line(
          title: "Totals that one record makes", score: $0,
          means:
            "groups of which one real record makes more than half of a total that came back within 10 %",
          meansNot: "that a reader knows the group has such a record")
      },
    ].compactMap { $0 }
  }

  private var remedy: HTML {
    guard audience == .owner, let remedy = report.remedy else { return .empty }
    return RemedySection(report: remedy).html
  }

  // MARK: Findings

  private var findings: HTML {
    guard audience == .owner else { return .empty }
    guard !report.findings.isEmpty else {
      return "<h3>Rows to look at</h3><p>No synthetic row was listed by any of these measures.</p>"
    }
    var items: HTML = ""
    for finding in report.findings {
      if let most = mostRows(finding) {
        items += most
        continue
      }
      let rows = finding.rows.prefix(Self.maximumListedRows).map(String.init)
      let more = finding.count - rows.count
      let columns = finding.columns.isEmpty ? "" : " (\(finding.columns.joined(separator: ", ")))"
      items += """
        <details><summary>\(finding.kind)\(columns): \(Figure.count(finding.count)) row\
        \(finding.count == 1 ? "" : "s")</summary><p class="rows">\(rows.joined(separator: ", "))\
        \(more > 0 ? " … and \(Figure.count(more)) more; disclosure.json lists up to a thousand" : "")</p></details>
        """
    }
    return """
      <h3>Rows to look at</h3>
      <p class="quiet">Row numbers of the synthetic file, counted from 1 without the header. Look at the row and \
      judge what it says; coarsen the columns or regenerate rather than delete single rows, since a gap can \
      reveal as well.</p>
      \(items)
      """
  }

  /// A finding of half of all rows or more says something of its columns.
  private func mostRows(_ finding: DisclosureReport.Finding) -> HTML? {
    guard rowCount > 0, 2 * finding.count >= rowCount, !finding.columns.isEmpty else { return nil }
    return """
      <p>\(finding.kind) (\(finding.columns.joined(separator: ", "))): \(Figure.count(finding.count)) of \
      \(Figure.count(rowCount)) rows, so that no row stands out. These columns together are finer than the real rows \
      bear: coarsen one of them if a reader may know them.</p>
      """
  }

  private var skipped: HTML {
    guard !report.skipped.isEmpty else { return .empty }
    return "<h3>Not measured</h3>\(SkippedList(report.skipped).html)"
  }
}
