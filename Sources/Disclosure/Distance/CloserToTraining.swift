// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Tables

/// The share of synthetic rows that lie closer to a training row than to a control row.
///
/// Also known as the DCR share. It is an alarm for copies and nothing more: a share near one half
/// proves no safety.
///
/// ## Source
/// Platzer and Reutterer, "Holdout-based empirical assessment of mixed-type synthetic data",
/// Frontiers in Big Data 4 (2021). Ties count one half. The error is our own: were training and
/// control alike, each real row would be one or the other at random, so that with c(r) synthetic
/// rows nearest to real row r the variance of the share is Σ c(r)² / (4n²); Platzer and Reutterer's
/// 1/(4n) takes the synthetic rows as independent and is too small.
struct CloserToTraining {
  private var hits = 0.0
  private var total = 0.0
  private var squares = 0.0
  private var isSampled = false

  mutating func add(_ rows: TrialRows, threads: Int, progress: ProgressHandler) {
    let training = NearestSearch(candidates: rows.training)
    let control = NearestSearch(candidates: rows.control)
    let count = rows.synthetic.rowCount
    let pairs = ChunkedWork(count: count, threads: threads).map(
      progress: progress, phase: "measuring distances"
    ) { range in
      range.map { row -> (NearestSearch.Neighbour, NearestSearch.Neighbour) in
        let cells = rows.synthetic.row(row)
        return (training.nearest(to: cells), control.nearest(to: cells))
      }
    }
    var often = [Int](repeating: 0, count: rows.training.rowCount + rows.control.rowCount)
    for (near, other) in pairs {
      if near.distance < other.distance {
        hits += 1
        often[near.row] += 1
      } else if near.distance == other.distance {
        hits += 0.5
      } else {
        often[rows.training.rowCount + other.row] += 1
      }
    }
    total += Double(count)
    squares += often.reduce(0) { $0 + Double($1 * $1) }
    isSampled = isSampled || rows.isSampled
  }

  var score: Score {
    guard total > 0 else { return Score(notComputable: "a table of the trials has no rows") }
    let share = hits / total
    let error = (squares / 4).squareRoot() / total
    return Score(
      share, reference: 0.5, limit: min(1, 0.5 + FreshShare.point * error),
      lower: max(0, share - 1.959964 * error), upper: min(1, share + 1.959964 * error),
      note: isSampled ? "measured on \(Int(total)) synthetic rows drawn at random" : nil)
  }
}
