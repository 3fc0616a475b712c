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

  let alignment: TableAlignment
  let tables: PredictionTables
  let threads: Int
  let progress: ProgressHandler

  /// Measures; `nil` without a column that is a target.
  func result() -> PredictiveFidelity? {
    let targets = targets
    let results = ChunkedWork(count: targets.count, threads: threads, chunkSize: 1).map(
      progress: progress, phase: "measuring predictions"
    ) { range in range.map { target(targets[$0].column, targets[$0].level) } }
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

  private func target(_ index: Int, _ level: Int) -> PredictiveFidelity.Target? {
    let column = tables.columns[index]
    let isPositive = tables.isPositive(index, level: level)
    let rows = (0..<3).map { tables.rows($0, presentIn: index) }
    guard rows.allSatisfy({ !$0.isEmpty }) else { return nil }
    let coded = CodedRows(tables.others(than: index))
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
          second: zip(odds, truths).filter { $0.1 }.map(\.0)),
        let figures = PredictiveFidelity.Figures(probabilities: probabilities, truths: truths)
      else { return nil }
      return (figures, area)
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
}
