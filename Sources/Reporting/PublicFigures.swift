// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// Reports with everything taken out that only the owner may see; public pages are drawn from these alone.
enum PublicFigures {
  /// Fidelity with rounded figures, and charts that show the synthetic table only.
  static func of(_ report: FidelityReport, charts: [String: ColumnChart]) -> FidelityReport {
    let places = PublicRounding.places(forRowCount: report.realRowCount)
    return FidelityReport(
      realRowCount: PublicRounding.count(report.realRowCount),
      syntheticRowCount: report.syntheticRowCount, referenceKind: report.referenceKind,
      columns: report.columns.map { column in
        ColumnFidelity(
          name: column.name, measure: column.measure,
          distance: PublicRounding.score(column.distance, places: places),
          missingness: PublicRounding.score(column.missingness, places: places),
          chart: charts[column.name]
            ?? ColumnChart(labels: [], real: [], synthetic: [], isHistogram: false),
          summaries: [])
      },
      pairs: report.pairs.map { pair in
        PairFidelity(
          first: pair.first, second: pair.second, measure: pair.measure,
          error: PublicRounding.score(pair.error, places: places), realStrength: nil,
          syntheticStrength: nil)
      },
      shapeError: PublicRounding.score(report.shapeError, places: 1),
      trendError: PublicRounding.score(report.trendError, places: 1),
      missingPatterns: PublicRounding.score(report.missingPatterns, places: 3),
      skipped: report.skipped.map { .init(name: $0.name, reason: reasonWithheld) })
  }

  /// Risk with rounded figures, and no rows.
  static func of(_ report: DisclosureReport) -> DisclosureReport {
    DisclosureReport(
      controlKind: report.controlKind,
      exactMatches: PublicRounding.score(report.exactMatches, places: 3),
      uniqueMatches: PublicRounding.score(report.uniqueMatches, places: 3),
      closerToTraining: PublicRounding.score(report.closerToTraining, places: 2),
      nearMatches: PublicRounding.score(report.nearMatches, places: 2),
      valueIndications: PublicRounding.score(report.valueIndications, places: 3),
      extremeIndications: PublicRounding.score(report.extremeIndications, places: 2),
      combinationIndications: PublicRounding.score(report.combinationIndications, places: 2),
      findings: [],
      skipped: report.skipped.map { .init(name: $0.name, reason: reasonWithheld) })
  }

  private static let reasonWithheld = "the owner's report says why"
}
