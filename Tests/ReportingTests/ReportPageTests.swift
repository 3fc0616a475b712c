// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Schemas
import Synthesis
import Tables
import Testing

@testable import Reporting

struct ReportPageTests {
  static let nasty = "<script>alert(1)</script>\"'&"

  /// Made-up results for a table of whole-number columns.
  static func fidelity(_ names: [String], labels: [String] = ["a", "b"]) -> FidelityReport {
    var pairs: [PairFidelity] = []
    for first in names.indices {
      for second in names.indices.dropFirst(first + 1) {
        // Every class of error occurs, in no order that would merge into long strokes.
        let error = Double((first * 31 + second * 17) % 23) / 100
        pairs.append(
          PairFidelity(
            first: first, second: second, measure: "contingency",
            error: Score(error, reference: 0.01234567, limit: 0.02), realStrength: 0.987654321,
            syntheticStrength: 0.5))
      }
    }
    return FidelityReport(
      realRowCount: 12_347, syntheticRowCount: 100, referenceKind: .bootstrap,
      columns: names.map { name in
        ColumnFidelity(
          name: name, measure: "tv", distance: Score(0.0123456789, reference: 0.01, limit: 0.02),
          missingness: Score(0.001),
          chart: ColumnChart(
            labels: labels, real: [0.7654321, 0.2345679], synthetic: [0.5, 0.5], isHistogram: false),
          summaries: [.init(name: "mean", real: 1234.5678, synthetic: 2)])
      },
      pairs: pairs, shapeError: Score(1.23456789, reference: 1), trendError: Score(2.3456789),
      missingPatterns: Score(notComputable: "no cell is missing"), skipped: [])
  }

  static func disclosure() -> DisclosureReport {
    let score = Score(0.0123456789, reference: 0.01)
    return DisclosureReport(
      controlKind: .halves, exactMatches: score, uniqueMatches: score, closerToTraining: score,
      nearMatches: score, valueIndications: score, extremeIndications: score,
      combinationIndications: Score(notComputable: "fewer than two keys"),
      findings: [.init(kind: "row equals a real row", columns: [nasty], rows: [424_242], count: 1)],
      skipped: [.init(name: nasty, reason: "has 7777 different texts")])
  }

  static func subject(_ names: [String], name: String = "t") -> ReportSubject {
    ReportSubject(
      name: name, dataFile: name + ".csv", rowCount: 100,
      schema: Schema(
        variables: names.map { Variable(name: $0, kind: .category, measure: .nominal) }),
      software: "Semblance 1",
      making: .init(
        plan: Plan(
          method: "trees",
          steps: names.map { PlanStep(variable: $0, action: .learned, reasons: [nasty]) },
          minimumLeafCount: 20, minimumLevelCount: 10), seed: nasty, fittedRowCount: 12_347,
        generatorHash: "00",
        holdings: names.map {
          ModelHolding(name: $0, action: "a", holdings: "31415 leaves", leastSupport: 10)
        }))
  }

  static func table(_ names: [String]) -> Table {
    Table(
      columns: names.map {
        Column(name: $0, values: .texts(codes: [0, 1], pool: TextPool([nasty, "b"])))
      })
  }

  @Test func `names and levels never become markup, in either page`() {
    let names = [Self.nasty, "x"]
    let fidelity = Self.fidelity(names, labels: [Self.nasty, "b"])
    let subject = Self.subject(names, name: Self.nasty)
    let pages = [
      ReportPage(
        forOwner: subject, fidelity: fidelity, disclosure: Self.disclosure(),
        diagnostics: [Diagnostic(.note, Self.nasty, column: Self.nasty)]),
      ReportPage(
        forEveryone: subject, synthetic: Self.table(names), fidelity: fidelity,
        disclosure: Self.disclosure()),
    ]
    for page in pages {
      // The page's own script and no other.
      #expect(page.html.components(by: "<script") == 2)
      #expect(!page.html.contains("<script>alert"))
      #expect(page.html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
      #expect(!page.html.contains("\"'&\""))
    }
  }

  @Test func `pages ask nothing of a network and allow no script but their own`() {
    let page = ReportPage(
      forOwner: Self.subject(["x"]), fidelity: Self.fidelity(["x"]), disclosure: Self.disclosure()
    ).html
    for part in ["http://", "https://", "src=", "@import", "url(", "onclick", "fetch(", "eval("] {
      #expect(!page.contains(part), "\(part)")
    }
    #expect(page.contains("default-src 'none'"))
    #expect(page.contains("script-src 'sha256-"))
    #expect(!page.contains("script-src 'unsafe"))
  }

  @Test func `the public page and statement hold rounded figures and no row of the real table`() {
    let names = ["x", "y"]
    let page = ReportPage(
      forEveryone: Self.subject(names), synthetic: Self.table(names),
      fidelity: Self.fidelity(names), disclosure: Self.disclosure()
    ).html
    // Real shares, a real mean, a strength, exact row counts, row numbers, holdings and reasons.
    for secret in [
      "76.5", "1234", "1 235", "0.99<", "12347", "12\u{202F}347", "424242", "31415", "7777",
    ] {
      #expect(!page.contains(secret), "\(secret)")
    }
    #expect(page.contains("about 12\u{202F}000"))
    let statement = PublicStatement(
      Self.subject(names), fidelity: Self.fidelity(names), disclosure: Self.disclosure())
    #expect(statement.realRowsAbout == 12_000)
    #expect(statement.fidelity?.shapeErrorPercent.value == 1.2)
    #expect(statement.fidelity?.columns[0].distance.value == 0.012)
    #expect(statement.disclosure?.exactMatches.value == 0.012)
    let owner = ReportPage(
      forOwner: Self.subject(names), fidelity: Self.fidelity(names), disclosure: Self.disclosure()
    ).html
    #expect(owner.contains("424242"))
    #expect(owner.contains("12\u{202F}347"))
  }

  @Test func `the report of 305 columns stays below 2 MB`() {
    let names = (0..<305).map { "question \($0)" }
    let page = ReportPage(
      forOwner: Self.subject(names), fidelity: Self.fidelity(names), disclosure: Self.disclosure())
    #expect(page.html.utf8.count < 2_000_000)
  }

  @Test func `a figure that is not computable is said to be so, with its reason`() {
    let page = ReportPage(
      forOwner: Self.subject(["x"]), fidelity: Self.fidelity(["x"]), disclosure: Self.disclosure()
    ).html
    #expect(page.contains("no cell is missing"))
    #expect(page.contains("fewer than two keys"))
    #expect(!page.lowercased().contains(">nan"))
  }
}

extension String {
  /// Into how many parts a text falls at each place of another.
  fileprivate func components(by other: String) -> Int {
    var count = 1
    var rest = self[...]
    while let range = rest.firstRange(of: other) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
