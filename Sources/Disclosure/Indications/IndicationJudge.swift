// SPDX-License-Identifier: Apache-2.0
public import Evaluation
public import Randomness
public import Schemas
public import Tables

/// Names the synthetic rows that indicate a real record, by the definitions of the measures.
///
/// Combinations of two or three columns are measured and not judged row by row: in most tables nearly
/// every row holds a rare one, and a table without them would be another table. Of declared keys those
/// rows are named whose keys, all together, are alone in both tables.
public struct IndicationJudge: Sendable {
  private let real: Table
  private let schema: Schema
  private let minimumCount: Int
  private let key: RandomKey
  private let threads: Int
  /// The real outliers, found once; `nil` where no distance can be measured.
  private let outliers: OutlierMatches.Outliers?

  /// The rows of one kind, counted from 0, and the columns concerned; none where the whole row is.
  public struct Indication: Hashable, Sendable {
    /// The kind.
    public var kind: IndicationKind
    /// The columns that indicate; empty for whole rows.
    public var columns: [String]
    /// The rows.
    public var rows: [Int]
  }

  /// Creates a judge.
  ///
  /// - Parameters:
  ///   - real: All real rows on which the table rests.
  ///   - schema: What the columns mean; quasi-identifiers are the keys.
  ///   - minimumCount: What fewer real rows hold is rare.
  ///   - key: Names the draw of the rows among which outliers are sought, as for the measures.
  ///   - threads: How many threads may work; they change nothing.
  ///   - progress: Hears how far the search for outliers has come.
  /// - Throws: `DataError` if the table has no column.
  public init(
    real: Table, schema: Schema, minimumCount: Int, key: RandomKey, threads: Int = 1,
    progress: ProgressHandler = .silent
  ) throws(DataError) {
    self.real = real
    self.schema = schema
    self.minimumCount = minimumCount
    self.key = key
    self.threads = threads
    // Distances are by the range of the real values, so one real row beside them changes none.
    let tables = ComparedTables(
      try TableAlignment(
        [real, real.selecting(rows: real.rowCount > 0 ? [0] : [])], schema: schema),
      threads: threads)
    outliers = Quantizer(tables).map {
      NearMatches(tables, quantizer: $0, key: key, threads: threads, progress: progress).outliers
    }
  }

  /// Judges the rows of a synthetic table, or of candidates for some of its rows.
  ///
  /// - Parameter areCandidates: Whether the rows are candidates; then keys of one real record are named
  ///   however often they come, since the rest of the table is not known.
  /// - Throws: `DataError` if the tables share no column.
  public func indications(
    in synthetic: Table, areCandidates: Bool = false, progress: ProgressHandler = .silent
  ) throws(DataError) -> [Indication] {
    guard real.rowCount > 0, synthetic.rowCount > 0 else { return [] }
    let tables = ComparedTables(
      try TableAlignment([real, synthetic], schema: schema), threads: threads)
    guard !tables.columns.isEmpty else { return [] }
    let keys = tables.columns.indices.filter {
      schema.variable(named: tables.columns[$0].name)?.role == .quasiIdentifier
    }
    var found: [Indication] = []
    func add(_ kind: IndicationKind, _ columns: [String] = [], _ rows: [Int]) {
      if !rows.isEmpty { found.append(.init(kind: kind, columns: columns, rows: rows)) }
    }
    add(.match, [], rareMatches(tables))
    if let quantizer = Quantizer(tables) {
      let near = NearMatches(
        tables, quantizer: quantizer, key: key, known: outliers, threads: threads,
        progress: progress)
      add(.nearOutlier, [], near.rows)
    }
    for (column, rows) in ValueIndications(tables, minimumCount: minimumCount).rowsByColumn {
      add(.value, [column], rows)
    }
    for (column, rows) in ExtremeIndications.rowsNearRareEnds(tables, minimumCount: minimumCount) {
      add(.extreme, [column], rows)
    }
    add(
      .keys, keys.map { tables.columns[$0].name },
      replicatedUniques(tables, keys, areCandidates: areCandidates))
    return found
  }

  private func rareMatches(_ tables: ComparedTables) -> [Int] {
    let columns = Array(tables.columns.indices)
    let counts = Self.counts(tables.rowHashes(table: 0, columns: columns))
    return tables.rowHashes(table: 1, columns: columns).enumerated().compactMap { row, hash in
      counts[hash].map { $0 < minimumCount ? row : nil } ?? nil
    }
  }

  private func replicatedUniques(
    _ tables: ComparedTables, _ keys: [Int], areCandidates: Bool
  ) -> [Int] {
    guard !keys.isEmpty else { return [] }
    let real = Self.counts(tables.rowHashes(table: 0, columns: keys))
    let hashes = tables.rowHashes(table: 1, columns: keys)
    let own = areCandidates ? [:] : Self.counts(hashes)
    return hashes.indices.filter { real[hashes[$0]] == 1 && (own[hashes[$0]] ?? 1) == 1 }
  }

  private static func counts(_ hashes: [UInt64]) -> [UInt64: Int] {
    var counts: [UInt64: Int] = [:]
    counts.reserveCapacity(hashes.count)
    for hash in hashes { counts[hash, default: 0] += 1 }
    return counts
  }
}
