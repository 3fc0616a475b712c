// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Testing

@testable import Reporting

struct AnalysisSectionTests {
  private static func result(_ fit: Score) -> AnalysisFidelity {
    var result = AnalysisFidelity(
      formula: "y<b ~ x", model: "linear", copyCount: 2, notComputable: "none")
    result.realRowCount = 120
    result.syntheticRowCount = 100.5
    result.overlap = Score(0.625, reference: 0.75)
    result.flooredOverlap = Score(0.65)
    result.difference = Score(1.5, reference: 0.6)
    result.lackOfFit = fit
    var first = AnalysisFidelity.Coefficient(name: "x[<script>]")
    first.real = 1.25
    first.realError = 0.5
    first.synthetic = 2
    first.syntheticError = 0.25
    first.difference = 1.5
    first.overlap = -0.25
    result.coefficients = [first, AnalysisFidelity.Coefficient(name: "lost")]
    return result
  }

  @Test func `coefficients stand side by side, and what is not determined is said`() {
    let page = AnalysisSection(results: [Self.result(Score(1, reference: 1, limit: 2))]).html.markup
    for part in [
      "y&lt;b ~ x", "x[&lt;script&gt;]", "1.250 (0.5000)", "2 (0.2500)", "1.50", "−25.0\u{A0}%",
      "not determined", "62.5\u{A0}%", "2 synthetic tables combined",
    ] { #expect(page.contains(part), "\(part)") }
    #expect(!page.contains("<script"))
  }

  @Test func `an analysis that differs by more than synthesis explains is called unfaithful`() {
    var report = FidelityReport(
      realRowCount: 1, syntheticRowCount: 1, referenceKind: .bootstrap, columns: [], pairs: [],
      shapeError: Score(0), trendError: Score(0), missingPatterns: Score(0), skipped: [])
    report.analyses = [Self.result(Score(9, reference: 1, limit: 2))]
    #expect(UnfaithfulSection(report: report).html.markup.contains("y&lt;b ~ x"))
    report.analyses = [Self.result(Score(1, reference: 1, limit: 2))]
    #expect(!UnfaithfulSection(report: report).html.markup.contains("y&lt;b ~ x"))
  }

  @Test func `no analysis reaches the public page`() {
    var report = FidelityReport(
      realRowCount: 100, syntheticRowCount: 1, referenceKind: .bootstrap, columns: [], pairs: [],
      shapeError: Score(0), trendError: Score(0), missingPatterns: Score(0), skipped: [])
    report.analyses = [Self.result(Score(1))]
    #expect(PublicFigures.of(report, charts: [:]).analyses == nil)
  }
}
