// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Tables

/// The released rows that lie within half an outlier's distance of a real outlier.
struct NearMatches {
  /// The most rows of a table that are searched.
  static let maximumRowCount = 100_000

  let findings: [DisclosureReport.Finding]

  init(
    _ tables: ComparedTables, quantizer: Quantizer, key: RandomKey, threads: Int,
    progress: ProgressHandler
  ) {
    guard tables.rowCounts[0] > 1, tables.rowCounts[1] > 0 else {
      findings = []
      return
    }
    let rows = (0..<2).map { table in
      var stream = key.stream(path: ["disclosure", "near", String(table)]).stream(entity: 0)
      let count = tables.rowCounts[table]
      return Draws.sample(min(count, Self.maximumRowCount), of: count, using: &stream)
    }
    let real = quantizer.table(0, rows: rows[0])
    let search = NearestSearch(candidates: quantizer.table(1, rows: rows[1]))
    let outliers = OutlierMatches.outliers(real, key: key, threads: threads, progress: progress)
      .rows
    let found = ChunkedWork(count: outliers.count, threads: threads).map { range in
      range.map { search.rows(within: outliers[$0].radius, of: real.row(outliers[$0].row)) }
    }
    let near = Set(found.joined()).sorted().map { rows[1][$0] + 1 }
    findings = near.isEmpty ? [] : [.init(kind: CopyAlarm.nearKind, rows: near)]
  }
}
