// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Schemas
import Tables

/// Combinations of two or three keys that are rare in the real table and occur in the synthetic one.
///
/// Keys are the columns with the role quasi-identifier; where none is declared, up to ten columns
/// with levels stand in.
struct CombinationIndications {
  /// The most columns that stand in for keys.
  static let maximumKeyCount = 10
  /// The most sets of keys of which rows are listed.
  static let maximumFindingCount = 20

  let score: Score
  let findings: [DisclosureReport.Finding]

  init(
    _ tables: ComparedTables, schema: Schema, minimumCount: Int, threads: Int,
    progress: ProgressHandler
  ) {
    let declared = tables.columns.indices.filter {
      schema.variable(named: tables.columns[$0].name)?.role == .quasiIdentifier
    }
    let keys =
      declared.isEmpty
      ? Array(
        tables.columns.indices.filter { !tables.columns[$0].isContinuous }
          .prefix(Self.maximumKeyCount)) : declared
    guard keys.count >= 2 else {
      score = Score(notComputable: "fewer than two columns are keys or have levels")
      findings = []
      return
    }
    let sets = Self.sets(of: keys)
    let counted = ChunkedWork(count: sets.count, threads: threads, chunkSize: 1).map(
      progress: progress, phase: "measuring combinations"
    ) { range in
      range.map { Self.rare(tables, sets[$0], minimumCount: minimumCount) }
    }
    var share = FreshShare(
      syntheticHits: 0, syntheticTotal: Double(tables.rowCounts[1] * sets.count), realHits: 0,
      realTotal: Double(tables.rowCounts[0] * sets.count),
      rows: (tables.rowCounts[0], tables.rowCounts[1]))
    for result in counted {
      share.syntheticHits += Double(result.rows.count)
      share.realHits += Double(result.realHits)
    }
    var score = share.score
    score.note =
      "\(sets.count) sets of two or three of \(keys.count) "
      + (declared.isEmpty ? "columns with levels, as no keys are declared" : "keys")
    self.score = score
    let worst = counted.indices.filter { !counted[$0].rows.isEmpty }
      .sorted { (counted[$1].rows.count, $0) < (counted[$0].rows.count, $1) }
    findings = worst.prefix(Self.maximumFindingCount).map { index in
      .init(
        kind: "combination is held by fewer than \(minimumCount) real rows",
        columns: sets[index].map { tables.columns[$0].name }, rows: counted[index].rows)
    }
  }

  private static func sets(of keys: [Int]) -> [[Int]] {
    var sets: [[Int]] = []
    for (place, first) in keys.enumerated() {
      for (next, second) in keys.enumerated().dropFirst(place + 1) {
        sets.append([first, second])
        for third in keys.dropFirst(next + 1) { sets.append([first, second, third]) }
      }
    }
    return sets
  }

  /// The synthetic rows that hold a rare combination, and the real rows that would if left out.
  private static func rare(
    _ tables: ComparedTables, _ set: [Int], minimumCount: Int
  ) -> (rows: [Int], realHits: Int) {
    var counts: [UInt64: Int] = [:]
    for hash in tables.rowHashes(table: 0, columns: set) { counts[hash, default: 0] += 1 }
    var rows: [Int] = []
    for (row, hash) in tables.rowHashes(table: 1, columns: set).enumerated() {
      if let count = counts[hash], count < minimumCount { rows.append(row + 1) }
    }
    let realHits = counts.values.reduce(0) { $0 + ($1 >= 2 && $1 <= minimumCount ? $1 : 0) }
    return (rows, realHits)
  }
}
