// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Tables

/// Synthetic rows that lie strangely near a real outlier.
///
/// A real row is an outlier if its distance d to the nearest row of its own table is among the
/// largest 5 %; it is matched if a synthetic row lies within d/2.
///
/// ## Source
/// The near match of `reference/disclosure.md` §9 (d), after the apparent matches of SDNist.
struct OutlierMatches {
  /// The most rows whose distances are measured to find outliers.
  static let maximumRowCount = 4000

  private var training = (hits: 0, total: 0)
  private var control = (hits: 0, total: 0)

  /// The outliers of a table: rows and the radius within which a synthetic row matches.
  struct Outliers: Sendable {
    var rows: [(row: Int, radius: Int16)]
  }

  mutating func add(_ rows: TrialRows, key: RandomKey, threads: Int, progress: ProgressHandler) {
    let synthetic = NearestSearch(candidates: rows.synthetic)
    for (isTraining, table) in [(true, rows.training), (false, rows.control)] {
      let outliers = Self.outliers(table, key: key, threads: threads, progress: progress).rows
      let hits = ChunkedWork(count: outliers.count, threads: threads).map { range in
        range.map { index in
          let (row, radius) = outliers[index]
          return synthetic.nearest(to: table.row(row)).distance <= radius
        }
      }.count { $0 }
      if isTraining {
        training = (training.hits + hits, training.total + outliers.count)
      } else {
        control = (control.hits + hits, control.total + outliers.count)
      }
    }
  }

  /// Finds outliers among rows drawn at random.
  static func outliers(
    _ table: QuantizedTable, key: RandomKey, threads: Int, progress: ProgressHandler
  ) -> Outliers {
    guard table.rowCount > 1 else { return Outliers(rows: []) }
    var stream = key.stream(path: ["disclosure", "outliers"]).stream(entity: 0)
    let rows = Draws.sample(
      min(table.rowCount, maximumRowCount), of: table.rowCount, using: &stream)
    let search = NearestSearch(candidates: table)
    let distances = ChunkedWork(count: rows.count, threads: threads).map(
      progress: progress, phase: "measuring outliers"
    ) { range in
      range.map { place in
        search.nearest(to: table.row(rows[place]), excluding: rows[place]).distance
      }
    }
    let ascending = distances.sorted()
    let bound = max(1, ascending[min(ascending.count - 1, ascending.count * 95 / 100)])
    return Outliers(
      rows: zip(rows, distances).compactMap { row, distance in
        distance >= bound ? (row, distance / 2) : nil
      })
  }

  var score: Score {
    guard training.total > 0 else {
      return Score(notComputable: "no real row lies apart from the others")
    }
    let share = Double(training.hits) / Double(training.total)
    guard control.total > 0 else { return Score(share) }
    let reference = Double(control.hits) / Double(control.total)
    let pooled =
      Double(control.hits + 1) / Double(control.total + 2)
    let error =
      (pooled * (1 - pooled) * (1 / Double(training.total) + 1 / Double(control.total)))
      .squareRoot()
    return Score(
      share, reference: reference, limit: min(1, pooled + FreshShare.point * error),
      note: "measured on \(training.total) outliers")
  }
}
