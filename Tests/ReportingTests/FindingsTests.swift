// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Schemas
import Testing

@testable import Reporting

/// What an owner is told is not faithful, and what to do.
struct FindingsTests {
  private static let within = Score(0.01, reference: 0.01, limit: 0.02)
  private static let over = Score(0.125, reference: 0.01, limit: 0.02)

  private static func fidelity(_ distances: [String: Score], pair: Score = within) -> FidelityReport
  {
    let chart = ColumnChart(labels: [], real: [], synthetic: [], isHistogram: false)
    return FidelityReport(
      realRowCount: 100, syntheticRowCount: 100, referenceKind: .holdout,
      columns: distances.keys.sorted().map {
        ColumnFidelity(
          name: $0, measure: "tv", distance: distances[$0] ?? within, missingness: within,
          chart: chart, summaries: [])
      },
      pairs: [
        PairFidelity(
          first: 0, second: 1, measure: "contingency", error: pair, realStrength: nil,
          syntheticStrength: nil)
      ], shapeError: within, trendError: within, missingPatterns: within, skipped: [])
  }

  private static func disclosure(
    exact: Score = within, closer: Score = within, keys: KeyDisclosure? = nil,
    attacks: AttackReport? = nil
  ) -> DisclosureReport {
    DisclosureReport(
      controlKind: .holdout, exactMatches: exact, uniqueMatches: within, closerToTraining: closer,
      nearMatches: within, valueIndications: within, extremeIndications: within,
      combinationIndications: within, findings: [], skipped: [], keyDisclosure: keys,
      attacks: attacks)
  }

  private static func advice(
    _ fidelity: FidelityReport, _ disclosure: DisclosureReport, isOurs: Bool = true
  ) -> String {
    AdviceSection(fidelity: fidelity, disclosure: disclosure, isOurs: isOurs).html.markup
  }

  @Test func `what is within chance is not listed, and nothing is called safe`() {
    let fidelity = Self.fidelity(["a": Self.within, "b": Self.within])
    let page =
      UnfaithfulSection(report: fidelity).html.markup + Self.advice(fidelity, Self.disclosure())
    #expect(!page.contains("<li>"))
    #expect(page.contains("Nothing that was compared is farther off"))
    #expect(page.contains("That is no proof of safety"))
  }

  @Test func `distributions and pairs beyond chance are named with their figures`() {
    let page = UnfaithfulSection(
      report: Self.fidelity(["a": Self.within, "b<": Self.over], pair: Self.over)
    ).html.markup
    #expect(page.contains("b&lt; (12.5\u{A0}%)"))
    #expect(page.contains("a with b&lt; (12.5\u{A0}%)"))
    #expect(!page.contains("a (1.0"))
  }

  @Test func `each risk beyond chance has its advice, and only that`() {
    let fidelity = Self.fidelity(["a": Self.within, "b": Self.within])
    let exact = Self.advice(fidelity, Self.disclosure(exact: Self.over))
    #expect(exact.contains("More rows equal a real row than chance explains"))
    #expect(!exact.contains("Rows lie closer"))
    #expect(exact.contains("--minimum-leaf"))
    let closer = Self.advice(fidelity, Self.disclosure(closer: Self.over), isOurs: false)
    #expect(closer.contains("Rows lie closer"))
    #expect(!closer.contains("--minimum-leaf"))
  }

  @Test func `an owner without a holdout is told to keep rows aside`() {
    let fidelity = Self.fidelity(["a": Self.within, "b": Self.within])
    let page = Self.advice(
      fidelity, Self.disclosure(closer: Score(notComputable: "there is no holdout")))
    #expect(page.contains("--holdout"))
  }

  @Test func `keys by which real people look found, and attacks that succeed, are named`() {
    let set = KeyDisclosure.KeySet(
      keys: ["age", "town"], uniqueInOriginal: 40, uniqueInSynthetic: 30,
      originalUniquesPresent: 30, replicatedUniques: 12.5, inSynthetic: 90, realInSmallClasses: [],
      syntheticInSmallClasses: [], attributes: [])
    let excess = AttackReport.Attack(
      secret: "income", attackCount: 10, training: Self.over, control: Self.within,
      guessing: Self.within, risk: Self.over, verdict: .excess)
    var none = excess
    none.verdict = .inconclusive
    let page = Self.advice(
      Self.fidelity(["a": Self.within, "b": Self.within]),
      Self.disclosure(
        keys: KeyDisclosure(keys: ["age", "town"], targets: [], sets: [set], note: nil),
        attacks: AttackReport(
          singlingOutByOne: none, singlingOutByThree: none, linkability: none, inference: [excess]))
    )
    #expect(page.contains("12.5\u{A0}% of the real records are alone with"))
    #expect(page.contains("age, town in both tables"))
    #expect(page.contains("inferring income"))
    #expect(!page.contains("singling out"))
  }

  @Test func `charts say in a sentence what they show`() {
    let report = Self.fidelity(["a": Self.within, "b": Self.over])
    #expect(
      ChartSentence.variables(report)
        == "1 of 2 variables lie within what chance explains; farthest off is b (12.5\u{A0}%).")
    #expect(
      ChartSentence.pairs(report)
        == "1 of 1 pair lies within what chance explains; farthest off is a with b (1.0\u{A0}%).")
  }

  @Test func `of a file made by others no page says that its rows describe nobody`() {
    let subject = ReportSubject(
      name: "t", dataFile: "t.csv", rowCount: 1,
      schema: Schema(variables: [Variable(name: "a", kind: .category, measure: .nominal)]),
      software: "Semblance", making: nil)
    let page = ReportPage(
      forOwner: subject, fidelity: Self.fidelity(["a": Self.within, "b": Self.within]),
      disclosure: Self.disclosure()
    ).html
    #expect(!page.contains("No row describes"))
    #expect(page.contains("How it was made is not known"))
    #expect(page.contains("id=\"sign\""))
  }
}
