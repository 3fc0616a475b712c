// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Learners
import Numerics
import Randomness
import Tables

/// Trains boosted trees on either table and tests them on the holdout.
struct PredictiveMeasure: Sendable {
  /// The most targets.
  static let maximumTargets = 4
  /// The fewest holdout rows on either side of a target.
  static let minimumSide = 20
  /// The most rows learned from or tested on.
  static let maximumRowCount = 8_000

  let alignment: TableAlignment
  let key: RandomKey
  let threads: Int
  let progress: ProgressHandler

  /// Measures; `nil` without a holdout, or without a column that is a target.
  func result() -> PredictiveFidelity? {
    guard alignment.rowCounts.count > 2, alignment.columns.count > 1 else { return nil }
    let targets = targets
    guard !targets.isEmpty else { return nil }
    // Rows of all three tables on top of each other: real, synthetic, holdout.
    var trimmed = alignment
    let rows = (0..<3).map { side in
      var stream = key.stream(path: ["fidelity", "prediction", String(side)]).stream(entity: 0)
      let count = alignment.rowCounts[side]
      return Draws.sample(min(count, Self.maximumRowCount), of: count, using: &stream)
    }
    let sizes = rows.map(\.count)
    let starts = [0, sizes[0], sizes[0] + sizes[1], sizes.reduce(0, +)]
    trimmed.columns = alignment.columns.map { column in
      var column = column
      // One table of all rows, against which an empty one is stacked: the encoding is the same for all.
      let values =
        column.isContinuous
        ? zip(rows, column.sides).flatMap { rows, side in rows.map { side.values[$0] } } : []
      let codes = zip(rows, column.sides).flatMap { rows, side in rows.map { side.codes[$0] } }
      column.sides = [AlignedColumn.Side(values: values, codes: codes)]
      return column
    }
    let joined = trimmed.columns
    let predictors = StackedTables(columns: joined, rowCount: starts[3]).predictors(
      threads: threads)
    let results = ChunkedWork(count: targets.count, threads: threads, chunkSize: 1).map(
      progress: progress, phase: "measuring predictions"
    ) { range in
      range.map { place -> PredictiveFidelity.Target? in
        let (column, level) = targets[place]
        return Self.target(
          joined[column], level, predictors.indices.filter { $0 != column }.map { predictors[$0] },
          starts)
      }
    }
    let found = results.compactMap { $0 }
    return found.isEmpty ? nil : PredictiveFidelity(targets: found)
  }

  /// Columns with levels, each by its commonest level, those with the fewest levels first.
  private var targets: [(column: Int, level: Int)] {
    alignment.columns.indices.compactMap { index -> (column: Int, level: Int, count: Int)? in
      let column = alignment.columns[index]
      guard !column.isContinuous, (2...50).contains(column.levels.count) else { return nil }
      let counts = LevelShares(column.sides[0].codes, levelCount: column.levels.count).counts
      guard let level = counts.indices.max(by: { (counts[$0], $1) < (counts[$1], $0) }) else {
        return nil
      }
      let holdout = column.sides[2].codes
      let positive = holdout.count { $0 == UInt32(level + 1) }
      guard min(positive, holdout.count { $0 != 0 } - positive) >= Self.minimumSide else {
        return nil
      }
      return (index, level + 1, column.levels.count)
    }.sorted { ($0.count, $0.column) < ($1.count, $1.column) }
      .prefix(Self.maximumTargets).map { ($0.column, $0.level) }
  }

  private static func target(
    _ column: AlignedColumn, _ level: Int, _ predictors: [TreePredictor], _ starts: [Int]
  ) -> PredictiveFidelity.Target? {
    let codes = column.sides[0].codes
    let isPositive = codes.map { $0 == UInt32(level) }
    let rows = (0..<3).map { side in
      (starts[side]..<starts[side + 1]).filter { codes[$0] != 0 }.map { Int32($0) }
    }
    guard rows.allSatisfy({ !$0.isEmpty }) else { return nil }
    let coded = CodedRows(predictors)
    let models = (0..<2).map { BoostedClassifier(coded, isPositive: isPositive, rows: rows[$0]) }
    func tested(_ model: BoostedClassifier, _ rows: [Int32]) -> (
      PredictiveFidelity.Figures, AreaUnderCurve
    )? {
      let odds = model.logOdds(coded.selecting(rows))
      let probabilities = odds.map { BoostedClassifier.probability($0) }
      let truths = rows.map { isPositive[Int($0)] }
      guard
        let area = AreaUnderCurve(
          first: zip(odds, truths).filter { !$0.1 }.map(\.0),
          second: zip(odds, truths).filter { $0.1 }.map(\.0))
      else { return nil }
      return (figures(probabilities, truths, area), area)
    }
    guard let real = tested(models[0], rows[2]), let synthetic = tested(models[1], rows[2]),
      let reverse = tested(models[0], rows[1])
    else { return nil }
    // The areas share their rows, so this error of the difference is on the safe side.
    let error =
      (real.1.standardError * real.1.standardError
      + synthetic.1.standardError * synthetic.1.standardError).squareRoot()
    let loss = real.1.value - synthetic.1.value
    return PredictiveFidelity.Target(
      column: column.name, level: column.levels[level - 1], synthetic: synthetic.0, real: real.0,
      reverse: reverse.0,
      loss: Score(
        loss, reference: 0, limit: 1.644854 * error, lower: loss - 1.959964 * error,
        upper: loss + 1.959964 * error))
  }

  /// The figures of probabilities beside the truth.
  static func figures(
    _ probabilities: [Double], _ truths: [Bool], _ area: AreaUnderCurve
  ) -> PredictiveFidelity.Figures {
    let n = Double(truths.count)
    var bins = [(count: Double, sum: Double, hits: Double)](repeating: (0, 0, 0), count: 10)
    var (right, squares) = (0.0, 0.0)
    for (p, truth) in zip(probabilities, truths) {
      let bin = min(9, Int(p * 10))
      bins[bin].count += 1
      bins[bin].sum += p
      bins[bin].hits += truth ? 1 : 0
      right += (p >= 0.5) == truth ? 1 : 0
      squares += (p - (truth ? 1 : 0)) * (p - (truth ? 1 : 0))
    }
    return PredictiveFidelity.Figures(
      area: area.value, accuracy: right / n, squaredError: squares / n,
      calibrationError: bins.reduce(0) { $0 + ($1.sum - $1.hits).magnitude } / n)
  }
}
