// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Tables

/// The released rows that lie within half an outlier's distance of a real outlier.
struct NearMatches {
  /// The most real rows among which outliers are sought; of the synthetic table all rows are compared.
  static let maximumRowCount = 100_000

  let findings: [DisclosureReport.Finding]
  /// All synthetic rows near a real outlier, counted from 0.
  let rows: [Int]
  /// The real outliers, which a judge of many tables finds once.
  let outliers: OutlierMatches.Outliers

  init(
    _ tables: ComparedTables, quantizer: Quantizer, key: RandomKey,
    known: OutlierMatches.Outliers? = nil, threads: Int, progress: ProgressHandler
  ) {
    guard tables.rowCounts[0] > 1, tables.rowCounts[1] > 0 else {
      findings = []
      rows = []
      outliers = known ?? OutlierMatches.Outliers(rows: [])
      return
    }
    var stream = key.stream(path: ["disclosure", "near", "0"]).stream(entity: 0)
    let count = tables.rowCounts[0]
    let real = quantizer.table(
      0, rows: Draws.sample(min(count, Self.maximumRowCount), of: count, using: &stream))
    let search = NearestSearch(
      candidates: quantizer.table(1, rows: Array(0..<tables.rowCounts[1])))
    self.outliers =
      known ?? OutlierMatches.outliers(real, key: key, threads: threads, progress: progress)
    let outliers = self.outliers.rows
    let found = ChunkedWork(count: outliers.count, threads: threads).map { range in
      range.map { search.rows(within: outliers[$0].radius, of: real.row(outliers[$0].row)) }
    }
    rows = Set(found.joined()).sorted()
    findings = rows.isEmpty ? [] : [.init(kind: CopyAlarm.nearKind, rows: rows.map { $0 + 1 })]
  }
}
