// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// Columns whose synthetic least or greatest value lies within 1 % of the range of the real one.
///
/// Rows are listed only where fewer real rows than the minimum count come that near the end: an end
/// that many share, such as the legal age, indicates nobody.
struct ExtremeIndications {
  let score: Score
  let findings: [DisclosureReport.Finding]

  init(_ tables: ComparedTables, trialCount: Int, minimumCount: Int) {
    findings = Self.findings(tables, minimumCount: minimumCount)
    let continuous = tables.columns.filter(\.isContinuous)
    guard !continuous.isEmpty else {
      score = Score(notComputable: "no column lies on a scale")
      return
    }
    guard trialCount > 0 else {
      score = Score(notComputable: Self.noTrial)
      return
    }
    var (hits, controlHits, total) = (0, 0, 0)
    for trial in 0..<trialCount {
      let first = 2 + 3 * trial
      for column in continuous {
        guard let training = Ends(column.sides[first]), training.width > 0,
          let control = Ends(column.sides[first + 1]),
          let synthetic = Ends(column.sides[first + 2])
        else { continue }
        total += 2
        hits += synthetic.nearCount(training)
        controlHits += control.nearCount(training)
      }
    }
    guard total > 0 else {
      score = Score(notComputable: "no column on a scale varies")
      return
    }
    let n = Double(total)
    let reference = Double(controlHits) / n
    let share = (Double(controlHits) + 1) / (n + 2)
    let error = (2 * share * (1 - share) / n).squareRoot()
    score = Score(
      Double(hits) / n, reference: reference, limit: min(1, share + FreshShare.point * error),
      note: "counted over \(total) ends of columns")
  }

  static let noTrial = "there is neither a holdout nor a generator to fit on halves"

  private static func findings(
    _ tables: ComparedTables, minimumCount: Int
  ) -> [DisclosureReport.Finding] {
    tables.columns.compactMap { column in
      let ends = rareEnds(of: column, minimumCount: minimumCount)
      guard let real = Ends(column.sides[0]), let synthetic = Ends(column.sides[1]) else {
        return nil
      }
      let found = [synthetic.least, synthetic.greatest].filter { own in
        ends.contains { real.isNear(own, $0) }
      }
      guard !found.isEmpty else { return nil }
      let side = column.sides[1]
      let rows = side.values.indices.filter {
        side.codes[$0] != 0 && found.contains(side.values[$0])
      }
      return .init(
        kind: "least or greatest value lies within 1 % of the range of the real one",
        columns: [column.name], rows: rows.map { $0 + 1 })
    }
  }

  /// All synthetic rows with a value near a real extreme that few real rows come near, from 0, by column.
  static func rowsNearRareEnds(
    _ tables: ComparedTables, minimumCount: Int
  ) -> [(column: String, rows: [Int])] {
    tables.columns.compactMap { column in
      let ends = rareEnds(of: column, minimumCount: minimumCount)
      guard !ends.isEmpty, let real = Ends(column.sides[0]) else { return nil }
      let side = column.sides[1]
      let rows = side.values.indices.filter { row in
        side.codes[row] != 0 && ends.contains { real.isNear(side.values[row], $0) }
      }
      return rows.isEmpty ? nil : (column.name, rows)
    }
  }

  private static func rareEnds(of column: AlignedColumn, minimumCount: Int) -> [Double] {
    guard column.isContinuous, let real = Ends(column.sides[0]), real.width > 0 else { return [] }
    let values = column.sides[0].presentValues
    return [real.least, real.greatest].filter { end in
      values.count { real.isNear($0, end) } < minimumCount
    }
  }

  /// The least and the greatest value of a column.
  private struct Ends {
    let least: Double
    let greatest: Double
    var width: Double { greatest - least }

    init?(_ side: AlignedColumn.Side) {
      let values = side.presentValues
      guard let least = values.min(), let greatest = values.max() else { return nil }
      self.least = least
      self.greatest = greatest
    }

    /// Whether two values differ by at most 1 % of the range.
    func isNear(_ first: Double, _ second: Double) -> Bool {
      (first - second).magnitude <= 0.01 * width
    }

    /// How many of the two ends lie near those of the training rows.
    func nearCount(_ training: Ends) -> Int {
      (training.isNear(least, training.least) ? 1 : 0)
        + (training.isNear(greatest, training.greatest) ? 1 : 0)
    }
  }
}
