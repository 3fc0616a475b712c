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
    let expected = counted.reduce(0) { $0 + $1.expected }
    var score = share.score
    score.note =
      "\(sets.count) sets of two or three of \(keys.count) "
      + (declared.isEmpty ? "columns with levels, as no keys are declared" : "keys")
    if let value = score.value, expected > 0 {
      let chance = expected / share.syntheticTotal
      score.note =
        (score.note ?? "")
        + "; \((value / chance * 100).rounded() / 100) times as many as independent columns would show"
    }
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
  ) -> (rows: [Int], realHits: Int, expected: Double) {
    var counts: [UInt64: Int] = [:]
    // One real row of each combination, by which its chance in independent columns is found.
    var examples: [UInt64: Int] = [:]
    for (row, hash) in tables.rowHashes(table: 0, columns: set).enumerated() {
      counts[hash, default: 0] += 1
      examples[hash] = row
    }
    var rows: [Int] = []
    for (row, hash) in tables.rowHashes(table: 1, columns: set).enumerated() {
      if let count = counts[hash], count < minimumCount { rows.append(row + 1) }
    }
    let realHits = counts.values.reduce(0) { $0 + ($1 >= 2 && $1 <= minimumCount ? $1 : 0) }
    return (rows, realHits, expected(tables, set, counts, examples, minimumCount: minimumCount))
  }

  /// The synthetic rows that would hold a rare combination if the columns had nothing to do with each other.
  private static func expected(
    _ tables: ComparedTables, _ set: [Int], _ counts: [UInt64: Int], _ examples: [UInt64: Int],
    minimumCount: Int
  ) -> Double {
    let n = Double(tables.rowCounts[1])
    guard n > 0 else { return 0 }
    let shares = set.map { column -> [Double] in
      var shares = [Double](repeating: 0, count: tables.codeCounts[column])
      for code in tables.codes[column][1] { shares[Int(code)] += 1 / n }
      return shares
    }
    var sum = 0.0
    // In the order of rows, so that the sum is the same in every run.
    for (hash, row) in examples.sorted(by: { $0.value < $1.value })
    where (counts[hash] ?? 0) < minimumCount {
      sum += zip(set, shares).reduce(1) { $0 * $1.1[Int(tables.codes[$1.0][0][row])] }
    }
    return sum * n
  }
}
