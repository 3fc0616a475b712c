// SPDX-License-Identifier: Apache-2.0
public import Evaluation
import Schemas
import Synthesis
public import Tables

/// A report as one self-contained page that needs no network; its script is a convenience only.
public struct ReportPage: Sendable {
  private let subject: ReportSubject
  private let fidelity: FidelityReport?
  private let disclosure: DisclosureReport?
  private let contract: ContractReport?
  private let audience: Audience
  private let diagnostics: [Diagnostic]
  private let pairTables: PairTables?

  /// Creates the owner's page, with everything.
  ///
  /// - Parameters:
  ///   - subject: What the page is about.
  ///   - fidelity: How faithful it is; `nil` if that was not measured.
  ///   - disclosure: What it indicates; `nil` if that was not measured.
  ///   - contract: How the contract was kept; `nil` without one.
  ///   - diagnostics: What was noticed while the real table was read.
  ///   - pairTables: The joint tables that a reader may ask for; `nil` offers none.
  public init(
    forOwner subject: ReportSubject, fidelity: FidelityReport?, disclosure: DisclosureReport?,
    contract: ContractReport? = nil, diagnostics: [Diagnostic] = [], pairTables: PairTables? = nil
  ) {
    self.subject = subject
    self.fidelity = fidelity
    self.disclosure = disclosure
    self.contract = contract
    self.diagnostics = diagnostics
    self.pairTables = pairTables
    audience = .owner
  }

  /// Creates the public page: of the real table, rounded figures only.
  ///
  /// - Parameters:
  ///   - subject: What the page is about.
  ///   - synthetic: The synthetic table, whose own distributions are drawn.
  ///   - fidelity: How faithful it is; `nil` if that was not measured.
  ///   - disclosure: What it indicates; `nil` if that was not measured.
  ///   - contract: How the contract was kept; `nil` without one.
  public init(
    forEveryone subject: ReportSubject, synthetic: Table, fidelity: FidelityReport?,
    disclosure: DisclosureReport?, contract: ContractReport? = nil
  ) {
    self.subject = subject
    let compared = Set(fidelity?.columns.map(\.name) ?? [])
    var charts: [String: ColumnChart] = [:]
    for column in synthetic.columns where compared.contains(column.name) {
      charts[column.name] =
        SyntheticShape(
          column, variable: subject.schema.variable(named: column.name)
        ).chart
    }
    self.fidelity = fidelity.map { PublicFigures.of($0, charts: charts) }
    self.disclosure = disclosure.map(PublicFigures.of)
    self.contract = contract?.rounded
    diagnostics = []
    pairTables = nil
    audience = .everyone
  }

  /// The page.
  public var html: String {
    let kind = subject.making?.plan.partial == nil ? "synthetic" : "partially synthetic"
    let title = "\(subject.name): \(kind) data report"
    let page: HTML = """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <meta name="robots" content="noindex"><meta name="generator" content="\(subject.software)">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; \(HTML(stringLiteral: PageScript.policy))">
      <title>\(title)</title><link rel="icon" href="data:,"><style>\(HTML(stringLiteral: StyleSheet.css))</style></head>
      <body>\(content)\(PageScript.element)</body></html>

      """
    return page.markup
  }

  /// The page as Markdown: the same words, tables and lists, without the pictures.
  public var markdown: String {
    let page: HTML = """
      \(content)<p>The pictures are in report.html.</p>
      """
    return MarkdownText(markup: page.markup).text
  }

  private var content: HTML {
    """
    <header>\(marks)<h1>\(subject.name)</h1>\(navigation)</header>
    <main>\(summary.html)\
    \(contract.map { ContractSection(report: $0).html } ?? .empty)\
    \(fidelity.map { FidelitySection(report: $0, audience: audience, pairTables: pairTables).html } ?? .empty)\
    \(hasFindings ? fidelity.map { UnfaithfulSection(report: $0).html } ?? .empty : .empty)\
    \(disclosure.map { DisclosureSection(report: $0, audience: audience, rowCount: subject.rowCount).html } ?? .empty)\
    \(hasFindings ? advice : .empty)\
    \(subject.making.map { MakingSection(making: $0, audience: audience).html } ?? .empty)\
    \(notices)\(signing)</main>
    <footer>\(closing)</footer>
    """
  }

  private var summary: SummarySection {
    SummarySection(
      subject: subject, fidelity: fidelity, disclosure: disclosure, audience: audience)
  }

  /// Whether there are figures from which an owner may conclude something.
  private var hasFindings: Bool { audience == .owner && fidelity != nil }

  private var advice: HTML {
    AdviceSection(
      fidelity: fidelity, disclosure: disclosure, isOurs: subject.making != nil
    ).html
  }

  private var marks: HTML {
    let owner: HTML =
      audience == .owner ? "<span class=\"mark owner\">Owner’s report: do not publish</span>" : ""
    let plan = subject.making?.plan
    let mark =
      plan?.partial != nil
      ? "Partially synthetic: contains REAL records"
      : plan?.given != nil
        ? "Synthetic, with given values" : "Synthetic: generated, not observed"
    return "<span class=\"mark\">\(mark)</span>\(owner)"
  }

  private var navigation: HTML {
    var links: HTML = ""
    if contract != nil { links += "<a href=\"#contract\">What was promised</a>" }
    if fidelity != nil { links += "<a href=\"#faithful\">What is faithful</a>" }
    if hasFindings { links += "<a href=\"#unfaithful\">What is not</a>" }
    if disclosure != nil { links += "<a href=\"#indicated\">What could be indicated</a>" }
    if hasFindings { links += "<a href=\"#do\">What to do</a>" }
    if subject.making != nil { links += "<a href=\"#made\">How it was made</a>" }
    if audience == .owner { links += "<a href=\"#sign\">Decision</a>" }
    return "<nav aria-label=\"sections\">\(links)</nav>"
  }

  private var notices: HTML {
    guard !diagnostics.isEmpty else { return .empty }
    var items: HTML = ""
    for notice in diagnostics {
      let place = [notice.column.map { "column \($0)" }, notice.line.map { "line \($0)" }]
        .compactMap { $0 }.joined(separator: ", ")
      items += "<li>\(notice.message)\(place.isEmpty ? "" : " (\(place))")</li>"
    }
    return "<h3>Noticed while reading the real table</h3><ul>\(items)</ul>"
  }

  private var signing: HTML {
    guard audience == .owner else { return .empty }
    let lines = [
      "Decision: release / change / withhold", "For whom, and in which setting", "Name and role",
      "Date", "Review on", "Withdrawal: how, and by whom",
    ]
    return """
      <h2 id="sign">Decision and sign-off</h2>
      <p>Read the rows listed above, decide with the five safes in mind (project, people, setting, data, \
      outputs), and keep this page with the decision. It stays with the owner.</p>
      <div class="sign">\(lines.map { HTML("<div>\($0)</div>") })</div>
      """
  }

  private var closing: HTML {
    audience == .owner
      ? "Made by \(subject.software). This page holds figures of confidential data."
      : "Made by \(subject.software). Figures of the real data are rounded; nothing else of it is here."
  }
}
