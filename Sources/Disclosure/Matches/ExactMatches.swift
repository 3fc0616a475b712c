// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// Synthetic rows that equal a real row in every compared column.
struct ExactMatches {
  /// Rows that equal a real row.
  let all: Score
  /// Rows that equal a real row which occurs once.
  let unique: Score
  /// What to look at.
  let findings: [DisclosureReport.Finding]

  init(_ tables: ComparedTables) {
    guard !tables.columns.isEmpty else {
      all = Score(notComputable: "no column is compared")
      unique = all
      findings = []
      return
    }
    let columns = Array(tables.columns.indices)
    let real = tables.rowHashes(table: 0, columns: columns)
    let synthetic = tables.rowHashes(table: 1, columns: columns)
    var counts: [UInt64: Int32] = [:]
    counts.reserveCapacity(real.count)
    for hash in real { counts[hash, default: 0] += 1 }
    var matching: [Int] = []
    var single: [Int] = []
    for (row, hash) in synthetic.enumerated() {
      guard let count = counts[hash] else { continue }
      matching.append(row + 1)
      if count == 1 { single.append(row + 1) }
    }
    // Before the other rows, a row that occurs twice meets a row that occurs once.
    var repeated = 0
    var twice = 0
    for count in counts.values where count > 1 {
      repeated += Int(count)
      if count == 2 { twice += 2 }
    }
    let rows = (real: real.count, synthetic: synthetic.count)
    all =
      FreshShare(
        syntheticHits: Double(matching.count), syntheticTotal: Double(synthetic.count),
        realHits: Double(repeated), realTotal: Double(real.count), rows: rows
      ).score
    unique =
      FreshShare(
        syntheticHits: Double(single.count), syntheticTotal: Double(synthetic.count),
        realHits: Double(twice), realTotal: Double(real.count), rows: rows
      ).score
    findings = [
      .init(kind: "row equals a real row", rows: matching),
      .init(kind: "row equals a real row that occurs once", rows: single),
    ].filter { $0.count > 0 }
  }
}

extension DisclosureReport.Finding {
  /// The most rows that a finding lists.
  static let maximumRowCount = 1000

  /// Creates a finding from all its rows, counted from 1, of which the first thousand are listed.
  init(kind: String, columns: [String] = [], rows: [Int]) {
    self.init(
      kind: kind, columns: columns, rows: Array(rows.prefix(Self.maximumRowCount)),
      count: rows.count)
  }
}
