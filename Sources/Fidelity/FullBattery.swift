// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Schemas
import Tables

/// The measures of full depth, added to a report of the first ones.
struct FullBattery: Sendable {
  let alignment: TableAlignment
  let schema: Schema
  let bootstrap: BootstrapRows?
  let key: RandomKey
  let threads: Int
  let progress: ProgressHandler

  /// Adds all measures.
  func complete(_ report: inout FidelityReport) {
    addMargins(to: &report)
    addFurther(to: &report)
    report.distinguishability =
      PropensityMeasure(alignment: alignment, key: key, threads: threads, progress: progress)
      .result()
    let geometry = GeometryMeasure(
      alignment: alignment, key: key, threads: threads, progress: progress
    ).result()
    report.geometry = geometry?.geometry
    report.outliers = OutlierMeasure(columns: alignment.columns, fresh: freshRows).result(
      rowShare: geometry?.rowShare ?? Score(notComputable: "a table has too few rows"))
  }

  private func addFurther(to report: inout FidelityReport) {
    let columns = alignment.columns
    let fresh = freshRows
    let distances = ChunkedWork(count: columns.count, threads: threads, chunkSize: 1).map { range in
      range.map { FurtherDistances(column: columns[$0], fresh: fresh).scores() }
    }
    for (place, distances) in distances.enumerated() { report.columns[place].further = distances }
    if let tables = PredictionTables(alignment, key: key, threads: threads) {
      let rare = RareClassMeasure(tables: tables, key: key, threads: threads, progress: progress)
        .results()
      report.prediction =
        PredictiveMeasure(
          alignment: alignment, tables: tables, threads: threads, progress: progress
        ).result()
      if !rare.isEmpty {
        report.prediction = report.prediction ?? PredictiveFidelity(targets: [])
        report.prediction?.rareClasses = rare
      }
    }
    if report.prediction == nil {
      report.skipped.append(
        .init(
          name: "predictions",
          reason: alignment.rowCounts.count > 2
            ? "no column has levels that the holdout holds often enough"
            : "there is no holdout to test them on"))
    }
    report.skipRules = SkipRuleMeasure(columns: columns).result()
    report.order = OrderMeasure(alignment: alignment, schema: schema).result()
    report.libraryScores =
      LibraryScoresMeasure(columns: columns, report: report, threads: threads).scores()
  }

  /// The holdout's rows, or one draw of real rows with replacement.
  private var freshRows: (side: Int, rows: [Int])? {
    let counts = alignment.rowCounts
    if counts.count > 2 { return (2, Array(0..<counts[2])) }
    guard counts[0] > 0 else { return nil }
    var stream = key.stream(path: ["fidelity", "fresh"]).stream(entity: 0)
    return (0, (0..<counts[1]).map { _ in Draws.integer(below: counts[0], using: &stream) })
  }

  private func addMargins(to report: inout FidelityReport) {
    let columns = alignment.columns
    let measure = MarginMeasure(
      columns: ChunkedWork(count: columns.count, threads: threads, chunkSize: 1).map { range in
        range.map { GroupedColumn(columns[$0]) }
      }, names: columns.map(\.name), bootstrap: bootstrap,
      freshFactor: alignment.rowCounts.count > 2
        ? PropensityMeasure.freshFactor(
          real: alignment.rowCounts[0], synthetic: alignment.rowCounts[1]) : 1)
    let tables = measure.pairTables(
      report.pairs.map { ($0.first, $0.second) }, threads: threads, progress: progress)
    for (place, table) in tables.enumerated() { report.pairs[place].table = table }
    report.margins = measure.result(tables, key: key, threads: threads, progress: progress)
  }
}
