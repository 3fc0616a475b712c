// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// What is not faithful: everything that is farther off than chance explains, in one place.
struct UnfaithfulSection {
  private static let maximumListed = 12
  /// A ratio of outliers beyond this, or below its inverse, is said to be far off.
  static let outlierRatio = 1.5
  /// The area a column must cost when shuffled to be said to give the table away.
  static let tellingArea = 0.01

  let report: FidelityReport

  var html: HTML {
    let items = lines
    let list: HTML =
      items.isEmpty
      ? "<p>Nothing that was compared is farther off than chance explains.</p>"
      : "<ul>\(items.map { HTML("<li>\($0)</li>") })</ul>"
    return """
      <h2 id="unfaithful">What is not faithful</h2>
      <p>Do not rest a conclusion on what is listed here without the real table. What was not compared may be \
      unfaithful too.</p>
      \(list)
      """
  }

  private var lines: [HTML] {
    [variables, pairs, missing, triples, analyses, telling, outliers, unseen].compactMap { $0 }
  }

  private var variables: HTML? {
    listed(
      "Distributions farther off than chance explains",
      report.columns.filter { ScoreText($0.distance, unit: .share).isOver == true }
        .map { ($0.name, $0.distance.value ?? 0) })
  }

  private var pairs: HTML? {
    let names = report.columns.map(\.name)
    return listed(
      "Pairs farther off than chance explains",
      report.pairs.filter {
        ScoreText($0.error, unit: .share).isOver == true && names.indices.contains($0.first)
          && names.indices.contains($0.second)
      }.map { ("\(names[$0.first]) with \(names[$0.second])", $0.error.value ?? 0) })
  }

  private var missing: HTML? {
    listed(
      "Shares of missing cells farther off than chance explains",
      report.columns.filter { ScoreText($0.missingness, unit: .share).isOver == true }
        .map { ($0.name, $0.missingness.value ?? 0) })
  }

  private var triples: HTML? {
    listed(
      "Of the worst tables of three variables, those farther off than chance explains",
      (report.margins?.worstTriples ?? []).filter {
        ScoreText($0.distance, unit: .share).isOver == true
      }.map { ($0.columns.joined(separator: " × "), $0.distance.value ?? 0) })
  }

  private var analyses: HTML? {
    let found = (report.analyses ?? []).filter {
      ScoreText($0.lackOfFit, unit: .number).isOver == true
    }
    guard !found.isEmpty else { return nil }
    let names = found.map {
      "\($0.formula) (intervals overlap by "
        + "\($0.overlap.value.map(Figure.percent(ofShare:)) ?? "nothing"))"
    }
    return """
      <strong>Analyses whose coefficients differ by more than synthesis explains</strong>: \
      \(names.joined(separator: "; ")).
      """
  }

  private var telling: HTML? {
    guard let result = report.distinguishability,
      ScoreText(result.classifierArea, unit: .number).isOver == true
    else { return nil }
    let names = result.tellingColumns.filter { ($0.areaLost ?? 0) >= Self.tellingArea }
      .map(\.name).prefix(Self.maximumListed)
    let by = names.isEmpty ? "" : ", above all by \(names.joined(separator: ", "))"
    return """
      <strong>A model can tell synthetic rows from real ones</strong> (area \
      \(Figure.short(result.classifierArea.value ?? 0)))\(by).
      """
  }

  private var outliers: HTML? {
    func list(_ title: HTML, _ isMeant: (Double) -> Bool) -> HTML? {
      let found = (report.outliers?.columns ?? []).filter { $0.ratio.map(isMeant) ?? false }
      guard !found.isEmpty else { return nil }
      let names = found.prefix(Self.maximumListed).map {
        "\($0.name) (\(Figure.fixed($0.ratio ?? 0, 2)) times as many)"
      }
      return "<strong>\(title)</strong>: \(names.joined(separator: ", "))."
    }
    let few = list("Outliers that were lost") { $0 < 1 / Self.outlierRatio }
    let many = list("Too many outliers") { $0 > Self.outlierRatio }
    guard few != nil || many != nil else { return nil }
    return "\(few ?? .empty) \(many ?? .empty)"
  }

  private var unseen: HTML? {
    guard !report.skipped.isEmpty else { return nil }
    let names = report.skipped.prefix(Self.maximumListed).map(\.name).joined(separator: ", ")
    let more = report.skipped.count - Self.maximumListed
    return """
      <strong>Not compared, so not known</strong>: \(names)\(more > 0 ? " and \(Figure.count(more)) more" : ""); \
      the reasons stand above.
      """
  }

  private func listed(_ title: HTML, _ entries: [(name: String, value: Double)]) -> HTML? {
    guard !entries.isEmpty else { return nil }
    let ranked = entries.enumerated().sorted {
      let (left, right) = ($0.element.value, $1.element.value)
      return left == right ? $0.offset < $1.offset : left > right
    }.map(\.element)
    let names = ranked.prefix(Self.maximumListed).map {
      "\($0.name) (\(Figure.percent(ofShare: $0.value)))"
    }
    let more = ranked.count - names.count
    return """
      <strong>\(title)</strong>, \(Figure.count(ranked.count)): \(names.joined(separator: ", "))\
      \(more > 0 ? " and \(Figure.count(more)) more" : "").
      """
  }
}
