// SPDX-License-Identifier: Apache-2.0
public import Evaluation
public import Randomness
public import Schemas
public import Tables

/// Measures how faithful a synthetic table is to a real one, each figure beside its reference.
///
/// The synthetic table may come from any tool: cells are compared by what they mean in the schema,
/// not by how the table stores them. References come from sixteen draws of real rows with
/// replacement, as many as the synthetic table has; from a holdout, if there is one.
///
/// ## Source
/// Column shapes and pair trends follow SDMetrics' quality report, with bins of the real table's
/// range for both tables; the correction of Cramér's V is Bergsma's (2013).
public struct FidelityMeasure: Sendable {
  /// How much is measured.
  public var depth: MeasureDepth

  /// Creates a measure.
  public init(depth: MeasureDepth = .first) { self.depth = depth }

  /// Measures everything.
  ///
  /// - Parameters:
  ///   - real: The real table; its rows give the references where there is no holdout.
  ///   - synthetic: The synthetic table; it may have another number of rows.
  ///   - holdout: Real rows that the generator never saw.
  ///   - schema: What the columns mean.
  ///   - key: Names the draws of the references.
  ///   - threads: How many threads may work; they change no figure.
  ///   - progress: Hears how far the work has come.
  /// - Returns: The figures of columns, pairs and missing cells.
  /// - Throws: `DataError` if the tables share no column.
  public func report(
    real: Table, synthetic: Table, holdout: Table? = nil, schema: Schema, key: RandomKey,
    threads: Int = 1, progress: ProgressHandler = .silent
  ) throws(DataError) -> FidelityReport {
    let tables = [real, synthetic] + (holdout.map { [$0] } ?? [])
    let alignment = try TableAlignment(tables, schema: schema)
    let bootstrap = Self.bootstrap(alignment.rowCounts, key: key)
    let aligned = alignment.columns
    let prepared = ChunkedWork(count: aligned.count, threads: threads, chunkSize: 1)
      .map { range in range.map { PreparedColumn(aligned[$0]) } }
    let columns = ChunkedWork(count: aligned.count, threads: threads, chunkSize: 1)
      .map(progress: progress, phase: "measuring columns") { range in
        range.map { ColumnMeasure(column: aligned[$0], bootstrap: bootstrap).result() }
      }
    let pairs = measurePairs(prepared, bootstrap, threads: threads, progress: progress)
    var report = FidelityReport(
      realRowCount: real.rowCount, syntheticRowCount: synthetic.rowCount,
      referenceKind: holdout == nil ? .bootstrap : .holdout, columns: columns.map(\.fidelity),
      pairs: pairs.map(\.fidelity),
      shapeError: LanedScore.meanPercent(of: columns.map(\.shape), noun: "columns"),
      trendError: LanedScore.meanPercent(of: pairs.map(\.error), noun: "pairs"),
      missingPatterns: MissingPatterns(columns: prepared, bootstrap: bootstrap).score(),
      skipped: alignment.skipped)
    if depth == .full {
      FullBattery(
        alignment: alignment, schema: schema, bootstrap: bootstrap, key: key, threads: threads,
        progress: progress
      ).complete(&report)
    }
    return report
  }

  private func measurePairs(
    _ columns: [PreparedColumn], _ bootstrap: BootstrapRows?, threads: Int,
    progress: ProgressHandler
  ) -> [PairMeasure.Result] {
    var places: [(first: Int, second: Int)] = []
    for first in columns.indices {
      for second in columns.indices.dropFirst(first + 1) { places.append((first, second)) }
    }
    let pairs = places
    let measure = PairMeasure(columns: columns, bootstrap: bootstrap)
    return ChunkedWork(count: pairs.count, threads: threads)
      .map(progress: progress, phase: "measuring pairs") { range in
        var counting = PairCounting()
        return range.map {
          measure.result(pairs[$0].first, pairs[$0].second, counting: &counting)
        }
      }
  }

  /// Draws of as many real rows as the synthetic table has, or as the holdout has if that is fewer.
  private static func bootstrap(_ rowCounts: [Int], key: RandomKey) -> BootstrapRows? {
    let size = rowCounts.dropFirst().min() ?? 0
    guard rowCounts[0] > 0, size > 0 else { return nil }
    return BootstrapRows(rowCount: rowCounts[0], size: size, key: key)
  }
}
