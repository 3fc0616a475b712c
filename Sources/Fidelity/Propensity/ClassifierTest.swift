// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Learners
import Randomness
import Tables

/// How well boosted trees tell two tables apart on rows that they did not learn from.
///
/// ## Source
/// Lopez-Paz and Oquab, "Revisiting classifier two-sample tests", ICLR 2017; five folds.
struct ClassifierTest: Sendable {
  static let foldCount = 5
  /// The most rows of either table.
  static let maximumRowCount = 40_000
  /// The most columns that are put in disorder.
  static let triedCount = 8

  /// The mean of the folds' areas.
  let area: Double
  /// The standard error of the mean.
  let standardError: Double
  /// The same where the tables are alike.
  let nullError: Double
  /// The columns by share of gain, most first: column, share, area lost.
  let columns: [(index: Int, gain: Double, lost: Double?)]

  private struct Fold: Sendable {
    var area: AreaUnderCurve
    var importance: [Double]
    var lost: [Int: Double]
  }

  /// Tests two stacked tables; `nil` if either has fewer rows than two a fold.
  init?(
    _ stack: StackedTables, _ predictors: [TreePredictor], key: RandomKey, threads: Int,
    progress: ProgressHandler
  ) {
    var folds = [[Int32]](repeating: [], count: Self.foldCount)
    let first = stack.rows[0].count
    for (side, range) in [0..<first, first..<stack.count].enumerated() {
      guard range.count >= 2 * Self.foldCount else { return nil }
      var stream = key.stream(path: ["fidelity", "folds", String(side)]).stream(entity: 0)
      let order = Draws.permutation(of: range.count, using: &stream)
      for (place, row) in order.prefix(Self.maximumRowCount).enumerated() {
        folds[place % Self.foldCount].append(Int32(range.lowerBound + row))
      }
    }
    let parts = folds.map { $0.sorted() }
    let results = ChunkedWork(count: Self.foldCount, threads: threads, chunkSize: 1).map(
      progress: progress, phase: "measuring classifiers"
    ) { range in
      range.map { Self.fold($0, parts, stack, predictors, key: key) }
    }
    let areas = results.compactMap { $0?.area }
    guard areas.count == Self.foldCount else { return nil }
    let k = Double(Self.foldCount)
    area = areas.reduce(0) { $0 + $1.value } / k
    standardError =
      (areas.reduce(0) { $0 + $1.standardError * $1.standardError }).squareRoot() / k
    nullError = (areas.reduce(0) { $0 + $1.nullError * $1.nullError }).squareRoot() / k
    let lost = results[0]?.lost ?? [:]
    let gains = predictors.indices.map { index in
      results.reduce(0) { $0 + ($1?.importance[index] ?? 0) } / k
    }
    columns = gains.indices.sorted { (gains[$1], $0) < (gains[$0], $1) }.map {
      ($0, gains[$0], lost[$0])
    }
  }

  private static func fold(
    _ number: Int, _ folds: [[Int32]], _ stack: StackedTables, _ predictors: [TreePredictor],
    key: RandomKey
  ) -> Fold? {
    let train = folds.indices.filter { $0 != number }.flatMap { folds[$0] }.sorted()
    let test = folds[number]
    let model = BoostedClassifier(
      predictors: predictors, isPositive: stack.isOther, rows: train)
    func area(_ predictors: [TreePredictor]) -> AreaUnderCurve? {
      let odds = model.logOdds(test, predictors)
      return AreaUnderCurve(
        first: zip(test, odds).filter { !stack.isOther[Int($0.0)] }.map(\.1),
        second: zip(test, odds).filter { stack.isOther[Int($0.0)] }.map(\.1))
    }
    guard let whole = area(predictors) else { return nil }
    let importance = model.importance(predictorCount: predictors.count)
    var lost: [Int: Double] = [:]
    if number == 0 {
      let most = importance.indices.filter { importance[$0] > 0 }
        .sorted { (importance[$1], $0) < (importance[$0], $1) }.prefix(triedCount)
      for index in most {
        var stream = key.stream(path: ["fidelity", "disorder", String(index)]).stream(entity: 0)
        var disordered = predictors
        var order = test
        Draws.shuffle(&order, using: &stream)
        for (row, other) in zip(test, order) {
          disordered[index].codes[Int(row)] = predictors[index].codes[Int(other)]
        }
        lost[index] = area(disordered).map { whole.value - $0.value }
      }
    }
    return Fold(area: whole, importance: importance, lost: lost)
  }
}
