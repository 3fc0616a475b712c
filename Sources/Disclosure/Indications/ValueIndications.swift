// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics

/// Synthetic values that equal a rare real value: outside the middle 98 % of a scale, or a rare level.
///
/// Rare means in fewer real rows than the minimum count.
struct ValueIndications {
  let score: Score
  let findings: [DisclosureReport.Finding]
  /// All synthetic rows with such a value, counted from 0, by column.
  let rowsByColumn: [(column: String, rows: [Int])]

  init(_ tables: ComparedTables, minimumCount: Int) {
    var share = FreshShare(
      syntheticHits: 0, syntheticTotal: 0, realHits: 0, realTotal: 0,
      rows: (tables.rowCounts[0], tables.rowCounts[1]))
    var findings: [DisclosureReport.Finding] = []
    var rowsByColumn: [(column: String, rows: [Int])] = []
    for (index, column) in tables.columns.enumerated() {
      var counts = [Int](repeating: 0, count: tables.codeCounts[index])
      for code in tables.codes[index][0] where code != 0 { counts[Int(code)] += 1 }
      let middle = Self.middle(column, tables.codes[index][0])
      var rows: [Int] = []
      for (row, code) in tables.codes[index][1].enumerated() where code != 0 {
        let count = counts[Int(code)]
        if count > 0, count < minimumCount, !middle.contains(code) { rows.append(row + 1) }
      }
      for (code, count) in counts.enumerated()
      where count >= 2 && count <= minimumCount && !middle.contains(UInt32(code)) {
        share.realHits += Double(count)
      }
      share.syntheticHits += Double(rows.count)
      share.syntheticTotal += Double(column.sides[1].presentCount)
      share.realTotal += Double(column.sides[0].presentCount)
      guard !rows.isEmpty else { continue }
      rowsByColumn.append((column.name, rows.map { $0 - 1 }))
      findings.append(
        .init(
          kind: column.isContinuous
            ? "value equals a rare real value outside the middle 98 %"
            : "level is held by fewer than \(minimumCount) real rows",
          columns: [column.name], rows: rows))
    }
    score =
      tables.columns.isEmpty ? Score(notComputable: "no column is compared") : share.score
    self.findings = findings
    self.rowsByColumn = rowsByColumn
  }

  /// The codes of a scale within the real 1 % and 99 % points; none for levels.
  private static func middle(_ column: AlignedColumn, _ codes: [UInt32]) -> Range<UInt32> {
    guard column.isContinuous else { return 0..<0 }
    let ascending = codes.filter { $0 != 0 }.sorted().map { Double($0) }
    guard let low = Quantiles.quantile(0.01, ofSorted: ascending),
      let high = Quantiles.quantile(0.99, ofSorted: ascending)
    else { return 0..<0 }
    return UInt32(low.rounded(.up))..<UInt32(high.rounded(.down)) + 1
  }
}
